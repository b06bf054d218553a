import { from, type Names } from './names.ts'

/** Everything else that a configuration file says. */
export const settingNames: Names = [
  ...from(
    'SIP 3.2 and UCS 4.0.8 vendor samples',
    `
    voIpProt.SIP.alertInfo.{n}.value voIpProt.SIP.alertInfo.{n}.class se.rt.default.ringer
    se.rt.default.type se.rt.default.timeout se.rt.default.callWait se.rt.default.name se.rt.visual.ringer
    se.rt.visual.type se.rt.visual.timeout se.rt.visual.callWait se.rt.visual.name se.rt.answerMute.ringer
    se.rt.answerMute.type se.rt.answerMute.timeout se.rt.answerMute.callWait se.rt.answerMute.name
    se.rt.autoAnswer.ringer se.rt.autoAnswer.type se.rt.autoAnswer.timeout se.rt.autoAnswer.callWait
    se.rt.autoAnswer.name se.rt.ringAutoAnswer.ringer se.rt.ringAutoAnswer.type
    se.rt.ringAutoAnswer.timeout se.rt.ringAutoAnswer.callWait se.rt.ringAutoAnswer.name
    se.rt.ringAnswerMute.ringer se.rt.ringAnswerMute.type se.rt.ringAnswerMute.timeout
    se.rt.ringAnswerMute.callWait se.rt.ringAnswerMute.name se.rt.internal.ringer se.rt.internal.type
    se.rt.internal.timeout se.rt.internal.callWait se.rt.internal.name se.rt.external.ringer
    se.rt.external.type se.rt.external.timeout se.rt.external.callWait se.rt.external.name
    se.rt.emergency.ringer se.rt.emergency.type se.rt.emergency.timeout se.rt.emergency.callWait
    se.rt.emergency.name se.rt.precedence.ringer se.rt.precedence.type se.rt.precedence.timeout
    se.rt.precedence.callWait se.rt.precedence.name se.rt.splash.ringer se.rt.splash.type
    se.rt.splash.timeout se.rt.splash.callWait se.rt.splash.name se.rt.custom{n}.ringer
    se.rt.custom{n}.type se.rt.custom{n}.timeout se.rt.custom{n}.callWait se.rt.custom{n}.name
    msg.mwi.{n}.subscribe msg.mwi.{n}.callBackMode msg.mwi.{n}.callBack msg.bypassInstantMessage
    up.oneTouchVoiceMail up.mwiVisible
  `,
  ),
  ...from(
    'wazo-provd-plugins common.py',
    `
    tcpIpApp.sntp.address tcpIpApp.sntp.address.overrideDHCP tcpIpApp.sntp.gmtOffset
    tcpIpApp.sntp.gmtOffset.overrideDHCP tcpIpApp.sntp.resyncPeriod tcpIpApp.sntp.daylightSavings.enable
    tcpIpApp.sntp.daylightSavings.fixedDayEnable tcpIpApp.sntp.daylightSavings.start.month
    tcpIpApp.sntp.daylightSavings.start.date tcpIpApp.sntp.daylightSavings.start.time
    tcpIpApp.sntp.daylightSavings.start.dayOfWeek
    tcpIpApp.sntp.daylightSavings.start.dayOfWeek.lastInMonth tcpIpApp.sntp.daylightSavings.stop.month
    tcpIpApp.sntp.daylightSavings.stop.date tcpIpApp.sntp.daylightSavings.stop.time
    tcpIpApp.sntp.daylightSavings.stop.dayOfWeek tcpIpApp.sntp.daylightSavings.stop.dayOfWeek.lastInMonth
    lcl.ml.lang lcl.datetime.time.24HourClock lcl.datetime.date.format dialplan.digitmap
    dialplan.digitmap.timeOut dialplan.impossibleMatchHandling dialplan.removeEndOfDial
    dialplan.{n}.digitmap dialplan.{n}.conflictMatchHandling feature.urlDialing.enabled
  `,
  ),
  ...from(
    'fusionpbx',
    `
    tcpIpApp.sntp.olsonTimezoneID feature.lens.enabled feature.obitalk.enabled feature.da.enabled
    feature.pcc.enabled
  `,
  ),
  ...from(
    'VVX expansion module addendum UCS 4.1.6',
    `
    dir.local.readonly dir.local.contacts.maxNum feature.directory.enabled
  `,
  ),
  ...from(
    'vendor guides and public templates',
    `
    feature.corporateDirectory.enabled dir.corp.address dir.corp.port dir.corp.transport dir.corp.baseDN
    dir.corp.scope dir.corp.filterPrefix dir.corp.user dir.corp.password dir.corp.domain
    dir.corp.bindOnInit dir.corp.pageSize dir.corp.cacheSize dir.corp.autoQuerySubmitTimeout
    dir.corp.viewPersistence dir.corp.vlv.allow dir.corp.backGroundSync dir.corp.attribute.{n}.name
    dir.corp.attribute.{n}.label dir.corp.attribute.{n}.type dir.corp.attribute.{n}.filter
    dir.corp.attribute.{n}.sticky dir.corp.attribute.{n}.searchable
  `,
  ),
  ...from(
    'UCS 4.0.8 vendor sample',
    `
    sec.pwd.length.admin sec.pwd.length.user httpd.enabled httpd.cfg.enabled httpd.cfg.port
    httpd.cfg.secureTunnelEnabled httpd.cfg.secureTunnelPort httpd.cfg.secureTunnelRequired
    prov.polling.enabled prov.polling.mode prov.polling.period prov.polling.time
    prov.polling.timeRandomEnd voIpProt.SIP.specialEvent.checkSync.alwaysReboot log.render.level
    log.render.file.upload.period log.render.file.upload.append log.render.file.upload.append.sizeLimit
    log.render.file.upload.append.limitMode log.level.change.sip log.level.change.cfg
    log.level.change.app1 log.level.change.copy log.level.change.curl
  `,
  ),
  ...from(
    'wazo-provd-plugins',
    `
    prov.autoConfigUpload.enabled
  `,
  ),
  ...from(
    'UCS 5.9.0 guide; Feature profile 37148',
    `
    sec.TLS.protocol.sip sec.TLS.protocol.browser sec.TLS.SIP.strictCertCommonNameValidation
  `,
  ),
  ...from(
    'sipXcom',
    `
    sec.encryption.upload.overrides sec.encryption.upload.dir sec.encryption.upload.callLists
    sec.encryption.upload.config upgrade.custom.server.url upgrade.plcm.server.url
  `,
  ),
  ...from(
    'vendor guides and public templates',
    `
    sec.tagSerialNo apps.restapi.enabled sec.TLS.customCaCert.{n}
    sec.TLS.profile.{n}.caCert.application{n} sec.TLS.profileSelection.SIP powerSaving.enable
  `,
  ),
]
