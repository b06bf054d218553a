import type { Source } from './names-source.ts'

const manual = 'MP-11x and MP-124 SIP user manual 6.6'
const field = 'ini files in the field, software 5.x and 6.x'

/** What the MP-1xx gateways know. */
export const gatewayNames: readonly Source[] = [
  [
    manual,
    `IniFileURL IniFileTemplateURL CmpFileURL AutoCmpFileUrl AutoUpdateCmpFile CptFileURL PrtFileURL
    FXSCoeffFileURL UserInfoFileURL VPFileUrl AutoUpdateFrequency AutoUpdateFrequencySeconds
    AutoUpdatePredefinedTime AutoUpdatePredefinedRandomTime AUPDCheckIfIniChanged AUPDDigestUsername
    AUPDDigestPassword AupdHttpUserAgent INIFileVersion ResetNow EnableSIPRemoteReset
    DHCPEnable BootPSelectiveEnable BootPDelay ExtBootPReqEnable CallProgressTonesFilename`,
  ],
  [
    manual,
    `IsProxyUsed ProxyIP ProxyName EnableProxyKeepAlive ProxyKeepAliveTime IsProxyHotSwap ProxyDNSQueryType
    AlwaysSendToProxy SendInviteToProxy IsFallbackUsed IsRegisterNeeded RegistrarIP RegistrarName
    RegistrationTime RegistrationRetryTime SIPGatewayName AuthenticationMode UserName Password
    ChannelSelectMode SIPTransportType LocalSIPPort TCPLocalSIPPort TLSLocalSIPPort PRACKMode
    SIPSessionExpires MINSE EnableEarlyMedia UserAgentDisplayInfo
    TxDTMFOption RxDTMFOption RFC2833PayloadType
    MaxDigits TimeBetweenDigits DigitMapping TimeForDialTone IsSpecialDigits TargetOfChannel{n}`,
  ],
  [
    manual,
    `IsFaxUsed FaxTransportMode FaxRelayECMEnable FaxRelayMaxRate FaxRelayRedundancyDepth
    FaxRelayEnhancedRedundancyDepth FaxModemBypassCoderType FaxModemBypassM FaxBypassPayloadType
    CNGDetectorMode DetFaxOnAnswerTone V21ModemTransportType V22ModemTransportType V23ModemTransportType
    V32ModemTransportType V34ModemTransportType
    EnableSilenceCompression DJBufMinDelay DJBufOptFactor EnableEchoCanceller VoiceVolume InputGain DTMFVolume
    PCMLawSelect EnableCallerID CallerIDType ETSICallerIDTypeOneSubStandard RingsBeforeCallerID
    FlashHookPeriod MinFlashHookTime MaxFlashHookTime EnableReversalPolarity EnableCurrentDisconnect
    LifeLineType CountryCoefficients`,
  ],
  [
    manual,
    `NTPServerIP NTPServerUTCOffset NTPUpdateInterval EnableSyslog SyslogServerIP SyslogServerPort
    GwDebugLevel SNMPPort SNMPTRUSTEDMGR_{n} HTTPSOnly SSHServerEnable AllowedIPs HTTPSCipherString
    DNSPriServerIP DNSSecServerIP DisableNAT`,
  ],
  [
    field,
    `ProxyIp ProxyIp_IpAddress ProxyIp_TransportType ProxyIp_ProxySetId
    TrunkGroup TrunkGroup_TrunkGroupNum TrunkGroup_FirstTrunkId TrunkGroup_FirstBChannel
    TrunkGroup_LastBChannel TrunkGroup_FirstPhoneNumber TrunkGroup_ProfileId TrunkGroup_LastTrunkId
    TrunkGroup_Module
    Authentication Authentication_UserId Authentication_UserPassword
    EnableCallerId EnableCallerId_IsEnabled CallWaitingPerPort CallWaitingPerPort_IsEnabled
    TxDtmfOption TxDtmfOption_Type
    CodersGroup0 CodersGroup0_Name CodersGroup0_pTime CodersGroup0_rate CodersGroup0_PayloadType
    CodersGroup0_Sce CoderName`,
  ],
  [
    'table templates of the same family, software 6.x',
    'CallerDisplayInfo CallerDisplayInfo_DisplayString CallerDisplayInfo_IsCidRestricted',
  ],
  ['one-line forms of software 5.x', 'TrunkGroup_{n} Authentication_{n} Prefix'],
]
