import { expect, test } from 'vitest'
import { yealink } from '../../../src/devices/yealink/index.ts'

const real: [userAgent: string, model: string, version: string, mac?: string][] = [
  ['Yealink SIP-T19P_E2 53.80.0.3 00:15:65:4c:4c:26', 'T19P_E2', '53.80.0.3', '0015654c4c26'],
  ['Yealink SIP-T21P_E2 52.80.0.3 00:15:65:4c:4c:26', 'T21P_E2', '52.80.0.3', '0015654c4c26'],
  ['Yealink SIP-T23G 44.80.0.60 00:15:65:93:70:f2', 'T23G', '44.80.0.60', '0015659370f2'],
  ['Yealink SIP-T27P 45.80.0.25 00:15:65:8c:48:12', 'T27P', '45.80.0.25', '0015658c4812'],
  ['yealink SIP-T28P 2.70.0.140 00:15:65:13:ae:0b', 'T28P', '2.70.0.140', '00156513ae0b'],
  ['Yealink SIP-T38G  38.70.0.125 00:15:65:2f:c3:5e', 'T38G', '38.70.0.125', '0015652fc35e'],
  ['Yealink SIP-T41P 36.83.0.120 00:15:65:53:83:22', 'T41P', '36.83.0.120', '001565538322'],
  ['Yealink SIP-T48G 35.80.0.70 00:15:77:88:33:55', 'T48G', '35.80.0.70', '001577883355'],
  ['Yealink SIP-T46G 28.83.0.120 00:15:65:4a:a9:37', 'T46G', '28.83.0.120', '0015654aa937'],
  ['Yealink-T46G 28.71.0.81 28.1.0.128.0.0.0', 'T46G', '28.71.0.81'],
  ['Yealink SIP VP-T49G 51.80.0.10 00:15:65:9b:5a:44', 'T49G', '51.80.0.10', '0015659b5a44'],
  ['Yealink SIP-T58A 58.83.0.15 00:15:65:9b:5b:22', 'T58A', '58.83.0.15', '0015659b5b22'],
  ['Yealink SIP-T31G 124.85.257.55 80:5e:c0:d5:7d:72', 'T31G', '124.85.257.55', '805ec0d57d72'],
  ['Yealink SIP-T33G 124.86.0.118 24:9a:d8:1e:83:fa', 'T33G', '124.86.0.118', '249ad81e83fa'],
  ['Yealink SIP-T34W 124.86.0.75 24:9a:d8:88:d0:f4', 'T34W', '124.86.0.75', '249ad888d0f4'],
  ['Yealink SIP-T46U 108.87.14.1 24:9a:d8:6e:9d:88', 'T46U', '108.87.14.1', '249ad86e9d88'],
  ['Yealink SIP-T87W 185.87.0.10 44:db:d2:c9:73:b7', 'T87W', '185.87.0.10', '44dbd2c973b7'],
  ['Yealink SIP-T56A  58.80.0.25 001565f429a4', 'T56A', '58.80.0.25', '001565f429a4'],
  ['Yealink SIP-CP920 78.85.0.5 00:15:65:5e:16:7c', 'CP920', '78.85.0.5', '0015655e167c'],
  ['Yealink CP860 37.72.0.5 00:15:65:8a:37:86', 'CP860', '37.72.0.5', '0015658a3786'],
  ['Yealink CP960 73.83.0.30 00:15:65:8a:37:86', 'CP960', '73.83.0.30', '0015658a3786'],
  ['W52P 25.30.0.2 00:15:65:44:b3:7c', 'W52P', '25.30.0.2', '00156544b37c'],
  ['Yealink SIP-W52P 25.73.0.20 00:15:65:40:ae:35', 'W52P', '25.73.0.20', '00156540ae35'],
  ['Yealink W52P 25.80.0.15 00:15:65:b8:60:05', 'W52P', '25.80.0.15', '001565b86005'],
  ['Yealink W60B 77.81.0.35 80:5e:c0:09:ab:dc', 'W60B', '77.81.0.35', '805ec009abdc'],
  ['Yealink W70B 146.85.0.5 80:5e:0c:1d:65:4e', 'W70B', '146.85.0.5', '805e0c1d654e'],
  ['Yealink W70B 146.87.188.1 80:5e:0c:f4:0b:b9', 'W70B', '146.87.188.1', '805e0cf40bb9'],
  ['Yealink W75B 175.85.0.5 24:9a:d8:df:fb:11', 'W75B', '175.85.0.5', '249ad8dffb11'],
  ['Yealink W80B 103.83.0.90 80:5e:c0:71:01:38', 'W80B', '103.83.0.90', '805ec0710138'],
  ['Yealink W80DM 103.83.0.122 24:9a:d8:d1:a6:31', 'W80DM', '103.83.0.122', '249ad8d1a631'],
  ['Yealink W90DM 130.85.0.15 80:5e:c0:d9:c7:44', 'W90DM', '130.85.0.15', '805ec0d9c744'],
  ['VP530P 23.70.0.40 00:15:65:31:4b:c0', 'VP530P', '23.70.0.40', '001565314bc0'],
  ['Yealink W52P 25.81.0.10', 'W52P', '25.81.0.10'],
  ['Yealink SIP-T43U 108.84.0.50', 'T43U', '108.84.0.50'],
]

test.each(real.map(([userAgent, model, version, mac]) => ({ userAgent, model, version, mac })))(
  '$userAgent',
  ({ userAgent, model, version, mac }) => {
    expect(yealink.readUserAgent(userAgent)).toEqual({
      maker: 'yealink',
      model,
      version,
      ...(mac ? { mac } : {}),
    })
    const names = yealink.models.flatMap((known) => [known.userAgent, ...(known.userAgentAliases ?? [])])
    expect(names.includes(model)).toBe(true)
  },
)

test.each([
  '',
  'curl/8.5.0',
  'Mozilla/5.0 (X11; Linux x86_64)',
  'FileTransport PolycomVVX-VVX_450-UA/6.4.0.12345 (SN:64167fb269d6) Type/Application',
  'AUDC-IPPhone/2.0.4.30 (430HD-Rev0; 00908F1234AB)',
  'Htek UC926 2.0.4.2 00:1f:c1:1e:4f:10',
  'curl 7.88.1',
  'Yealink',
])('%s is no Yealink', (userAgent) => {
  expect(yealink.readUserAgent(userAgent)).toBeUndefined()
})
