import type { Source } from './names-source.ts'

const database = 'parameter database of the 405HD, 440HD and 450HD, software 3.0.4'
const field = 'configuration files in the field, software 2.2 and 3.x'

/** What the 4xxHD phones know. */
export const deskPhoneNames: readonly Source[] = [
  [
    database,
    `system/type
    system/user_name system/password system/web_user_name system/web_user_password
    system/web_session_timeout system/http_server_port system/https_server_port system/action_url/hosts
    system/enable_key_configuration
    voip/line/{n}/enabled voip/line/{n}/id voip/line/{n}/auth_name voip/line/{n}/auth_password
    voip/line/{n}/description voip/line/{n}/extension_display voip/line/{n}/line_mode
    voip/line/{n}/do_not_disturb/activated
    voip/line/{n}/call_forward/enabled voip/line/{n}/call_forward/type voip/line/{n}/call_forward/timeout
    voip/line/{n}/call_forward/destination voip/line/{n}/call_forward/active
    voip/line_key/{n}/line voip/line_key/{n}/key_event`,
  ],
  [
    database,
    `voip/signalling/sip/use_proxy voip/signalling/sip/proxy_address voip/signalling/sip/proxy_port
    voip/signalling/sip/use_proxy_ip_port_for_registrar
    voip/signalling/sip/sip_registrar/enabled voip/signalling/sip/sip_registrar/addr
    voip/signalling/sip/sip_registrar/port
    voip/signalling/sip/sip_outbound_proxy/enabled voip/signalling/sip/sip_outbound_proxy/addr
    voip/signalling/sip/sip_outbound_proxy/port
    voip/signalling/sip/proxy_gateway voip/signalling/sip/proxy_timeout
    voip/signalling/sip/registration_failed_timeout
    voip/signalling/sip/transport_protocol voip/signalling/sip/port voip/signalling/sip/tls_port
    voip/signalling/sip/enable_sips
    voip/signalling/sip/keepalive_options/enabled voip/signalling/sip/keepalive_options/timeout
    voip/signalling/sip/registrar_ka/enabled voip/signalling/sip/registrar_ka/timeout
    voip/signalling/sip/redundant_proxy/enabled voip/signalling/sip/redundant_proxy/address
    voip/signalling/sip/redundant_proxy/port voip/signalling/sip/redundant_proxy/keepalive_period
    voip/signalling/sip/redundant_proxy/symmetric_mode
    voip/signalling/sip/redundant_outbound_proxy/enabled voip/signalling/sip/redundant_outbound_proxy/address
    voip/signalling/sip/redundant_outbound_proxy/port
    voip/signalling/sip/redundant_outbound_proxy/keepalive_period
    voip/signalling/sip/redundant_outbound_proxy/symmetric_mode
    voip/signalling/sip/rport/enabled voip/signalling/sip/prack/enabled voip/signalling/sip/session_timer
    voip/signalling/sip/min_session_interval voip/signalling/sip/auth_retries
    voip/signalling/sip/anonymous_calls_blocking voip/signalling/sip/block_callerid_on_outgoing_calls
    voip/signalling/sip/digit_map voip/signalling/sip/number_rules`,
  ],
  [
    database,
    `voip/media/srtp/mode voip/media/out_of_band_dtmf voip/media/dtmf_payload voip/media/media_port
    voip/media/media_tos
    voip/codec/codec_info/{n}/enabled voip/codec/codec_info/{n}/name voip/codec/codec_info/{n}/ptime
    voip/audio/jitter_buffer/min_delay voip/audio/jitter_buffer/optimization_factor
    voip/audio/silence_compression/enabled`,
  ],
  [
    database,
    `personal_settings/functional_key/{n}/type personal_settings/functional_key/{n}/key_label
    personal_settings/functional_key/{n}/speed_dial_number
    personal_settings/functional_key/{n}/speed_dial_extension
    personal_settings/functional_key/{n}/shared_line_index personal_settings/functional_key/{n}/key_event
    personal_settings/soft_keys/ongoing_call/{n}/key_function personal_settings/language`,
  ],
  [
    database,
    `voip/services/application_server_type
    voip/services/busy_lamp_field/enabled voip/services/busy_lamp_field/subscription_period
    voip/services/busy_lamp_field/uri voip/services/busy_lamp_field/application_server/use_registrar
    voip/services/busy_lamp_field/application_server/addr voip/services/busy_lamp_field/color_settings
    voip/services/call_pickup/enabled voip/services/call_pickup/access_code
    voip/services/call_waiting/mode voip/services/call_waiting/enabled voip/services/call_waiting/sip_reply
    voip/services/msg_waiting_ind/enabled voip/services/msg_waiting_ind/subscribe
    voip/services/msg_waiting_ind/subscribe_address voip/services/msg_waiting_ind/subscribe_port
    voip/services/msg_waiting_ind/voice_mail_number voip/services/msg_waiting_ind/expiraition_timeout
    voip/services/msg_waiting_ind/expiration_timeout
    voip/services/reject_code voip/services/conference/mode voip/services/conference/conf_ms_addr
    voip/services/group_paging/group/{n}/activated voip/services/group_paging/group/{n}/multicast_addr
    voip/services/group_paging/group/{n}/name voip/services/group_paging/group/{n}/port
    voip/auto_answer/enabled voip/talk_event/enabled
    voip/dialing/timeout voip/dialing/phone_number_max_size voip/dialing/dial_complete_key/enabled
    voip/dialing/dial_complete_key/key voip/dialing/auto_dialing/enabled voip/dialing/auto_dialing/timeout
    voip/dialing/auto_dialing/destination`,
  ],
  [field, 'voip/services/notify/check_sync/force_reboot_enabled'],
  [
    database,
    `system/ntp/enabled system/ntp/primary_server_address system/ntp/secondary_server_address
    system/ntp/gmt_offset system/ntp/date_display_format system/ntp/time_display_format
    system/ntp/sync_time/days system/ntp/sync_time/hours
    network/lan/dhcp/ntp/server_list/enabled network/lan/dhcp/ntp/gmt_offset/enabled
    system/daylight_saving/activate system/daylight_saving/mode system/daylight_saving/offset
    system/daylight_saving/start_date/month system/daylight_saving/start_date/week
    system/daylight_saving/start_date/day_of_week system/daylight_saving/start_date/day
    system/daylight_saving/start_date/hour system/daylight_saving/start_date/minute
    system/daylight_saving/end_date/month system/daylight_saving/end_date/week
    system/daylight_saving/end_date/day_of_week system/daylight_saving/end_date/day
    system/daylight_saving/end_date/hour system/daylight_saving/end_date/minute
    voip/regional_settings/selected_country voip/regional_settings/use_config_file_values
    voip/regional_settings/call_progress_tones/{n}/enabled voip/regional_settings/call_progress_tones/{n}/name
    voip/regional_settings/call_progress_tones/{n}/cadence
    voip/regional_settings/call_progress_tones/{n}/frequency_a
    voip/regional_settings/call_progress_tones/{n}/frequency_b
    voip/regional_settings/call_progress_tones/{n}/frequency_a_level
    voip/regional_settings/call_progress_tones/{n}/tone_on_{n}
    voip/regional_settings/call_progress_tones/{n}/tone_off_{n}`,
  ],
  [
    database,
    `provisioning/method provisioning/url_option_value provisioning/redirect_server_url
    provisioning/configuration/url provisioning/firmware/url provisioning/period/type
    provisioning/period/hourly/hours_interval provisioning/period/daily/time
    provisioning/period/weekly/day provisioning/period/weekly/time provisioning/random_provisioning_time
    provisioning/syncuserconfig/enable provisioning/syncuserconfig/syncid
    provisioning/syncuserconfig/unreceivedrequest
    provisioning/speed_dial_uri provisioning/corporate_directory_uri provisioning/ring_tone_uri
    security/provisioning/verify_server_certificate security/ca_certificate/{n}/uri
    security/autoupdate_certificate_uri security/autoupdate_private_key_uri security/web/https_only
    ems_server/user_name ems_server/user_password
    management/telnet/enabled
    management/tr069/enabled management/tr069/acs_url management/tr069/user_name management/tr069/password
    management/tr069/inform/enabled management/tr069/inform/interval
    management/tr069/connection_request/user_name management/tr069/connection_request/password
    management/tr069/feature_key`,
  ],
  [
    database,
    `system/syslog/mode system/syslog/server_address system/syslog/server_port system/syslog/log_level
    system/syslog/sip_log_filter
    network/lan_type network/lan/vlan/mode network/lan/vlan/id network/lan/vlan/priority`,
  ],
  [
    field,
    `network/lan/fixed_ip/ip_address network/lan/fixed_ip/netmask network/lan/fixed_ip/gateway
    network/lan/fixed_ip/primary_dns network/lan/fixed_ip/secondary_dns`,
  ],
]
