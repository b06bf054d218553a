import { from, type Names } from './names.ts'

/** Registrations, supervision, keys and what a press of them does. */
export const lineNames: Names = [
  ...from(
    'VVX expansion module addendum UCS 4.1.6; FrankPetrilli/polycom-provisioning; sipXcom',
    `
    reg.{n}.address reg.{n}.auth.userId reg.{n}.auth.password reg.{n}.auth.domain
    reg.{n}.auth.useLoginCredentials reg.{n}.displayName reg.{n}.label reg.{n}.type reg.{n}.thirdPartyName
    reg.{n}.lineKeys reg.{n}.callsPerLineKey reg.{n}.server.{n}.address reg.{n}.server.{n}.port
    reg.{n}.server.{n}.transport reg.{n}.server.{n}.expires reg.{n}.server.{n}.expires.overlap
    reg.{n}.server.{n}.expires.lineSeize reg.{n}.server.{n}.register reg.{n}.server.{n}.retryMaxCount
    reg.{n}.server.{n}.retryTimeOut reg.{n}.server.{n}.useOutboundProxy
    reg.{n}.server.{n}.failOver.failBack.mode reg.{n}.server.{n}.failOver.failBack.timeout
    reg.{n}.server.{n}.failOver.failRegistrationOn reg.{n}.server.{n}.failOver.onlySignalWithRegistered
    reg.{n}.server.{n}.failOver.reRegisterOn reg.{n}.outboundProxy.address reg.{n}.outboundProxy.port
    reg.{n}.outboundProxy.transport reg.{n}.ringType reg.{n}.serverFeatureControl.dnd
    reg.{n}.serverFeatureControl.cf reg.{n}.srtp.enable reg.{n}.srtp.offer reg.{n}.srtp.require
    reg.{n}.bargeInEnabled reg.{n}.musicOnHold.uri call.callsPerLineKey sec.srtp.enable sec.srtp.offer
    sec.srtp.require voIpProt.server.{n}.address voIpProt.server.{n}.port voIpProt.server.{n}.transport
    voIpProt.server.{n}.expires voIpProt.server.{n}.expires.overlap voIpProt.server.{n}.expires.lineSeize
    voIpProt.server.{n}.register voIpProt.server.{n}.retryMaxCount voIpProt.server.{n}.retryTimeOut
    voIpProt.server.{n}.useOutboundProxy voIpProt.server.{n}.failOver.failBack.mode
    voIpProt.server.{n}.failOver.failBack.timeout voIpProt.server.{n}.failOver.failRegistrationOn
    voIpProt.server.{n}.failOver.onlySignalWithRegistered voIpProt.server.{n}.failOver.reRegisterOn
    voIpProt.SIP.local.port voIpProt.SIP.outboundProxy.address voIpProt.SIP.outboundProxy.port
    voIpProt.SIP.outboundProxy.transport nat.ip nat.keepalive.interval voIpProt.SIP.use486forReject
    voIpProt.SIP.requestValidation.{n}.method voIpProt.SIP.requestValidation.{n}.request
  `,
  ),
  ...from(
    'sipXcom',
    `
    voIpProt.SIP.requestValidation.{n}.request.{n}.event voIpProt.SIP.requestValidation.digest.realm
  `,
  ),
  ...from(
    'VVX expansion module addendum UCS 4.1.6; wazo-provd-plugins',
    `
    attendant.resourceList.{n}.address attendant.resourceList.{n}.label attendant.resourceList.{n}.type
    attendant.resourceList.{n}.callAddress attendant.resourceList.{n}.proceedingIsRecipient attendant.reg
    attendant.uri attendant.ringType attendant.restrictPickup
    attendant.behaviors.display.spontaneousCallAppearances.normal
    attendant.behaviors.display.spontaneousCallAppearances.automata
    attendant.behaviors.display.remoteCallerID.normal attendant.behaviors.display.remoteCallerID.automata
    call.defaultTransferType
  `,
  ),
  ...from(
    'VVX expansion module addendum UCS 4.1.6; excaliburpartners/polycomphones; nemerald-voip/fspbx',
    `
    lineKey.reassignment.enabled lineKey.{n}.category lineKey.{n}.index up.Pagination.enabled
    up.em.smartpaging.enabled
  `,
  ),
  ...from(
    'SIP 3.1 administrator guide; UCS 5.8 guide; fusionpbx',
    `
    feature.enhancedFeatureKeys.enabled efk.version efk.efklist.{n}.mname efk.efklist.{n}.status
    efk.efklist.{n}.label efk.efklist.{n}.action.string efk.efklist.{n}.type efk.efkprompt.{n}.status
    efk.efkprompt.{n}.label efk.efkprompt.{n}.type efk.efkprompt.{n}.userfeedback
    efk.efkprompt.{n}.digitmatching softkey.{n}.label softkey.{n}.action softkey.{n}.enable
    softkey.{n}.insert softkey.{n}.precede softkey.{n}.use.idle softkey.{n}.use.active
    softkey.{n}.use.hold softkey.{n}.use.alerting softkey.{n}.use.dialtone softkey.{n}.use.proceeding
    softkey.{n}.use.setup
  `,
  ),
  ...from(
    'SIP 3.1 administrator guide; excaliburpartners/polycomphones',
    `
    feature.directedCallPickup.enabled feature.groupCallPickup.enabled feature.callPark.enabled
    feature.{n}.name feature.{n}.enabled call.directedCallPickupMethod call.directedCallPickupString
    call.parkedCallRetrieveMethod call.parkedCallRetrieveString call.parkedCallString
    voIpProt.SIP.strictReplacesHeader
  `,
  ),
  ...from(
    'SIP 3.2 and UCS 4.0.8 vendor samples',
    `
    feature.doNotDisturb.enable feature.forward.enable softkey.feature.doNotDisturb
    softkey.feature.forward homeScreen.doNotDisturb.enable homeScreen.forward.enable divert.{n}.contact
    divert.{n}.sharedDisabled divert.fwd.{n}.enabled divert.busy.{n}.enabled divert.busy.{n}.contact
    divert.noanswer.{n}.enabled divert.noanswer.{n}.contact divert.noanswer.{n}.timeout
    divert.dnd.{n}.enabled voIpProt.SIP.serverFeatureControl.dnd voIpProt.SIP.serverFeatureControl.cf
    voIpProt.SIP.serverFeatureControl.localProcessing.dnd
    voIpProt.SIP.serverFeatureControl.localProcessing.cf call.rejectBusyOnDnd call.donotdisturb.perReg
    call.callWaiting.enable call.callWaiting.ring call.offeringTimeOut call.ringBackTimeOut
    call.missedCallTracking.{n}.enabled
  `,
  ),
]
