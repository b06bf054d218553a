import type { DeviceIntent } from '../../domain/device-intent.ts'

/** How one generation of devices wants things said; every difference between generations stands here, as data. */
export interface Dialect {
  /** What kind of device it is to configure, and the name of the template that lays its file out. */
  readonly layout: 'phone' | 'dect' | 'multi-cell'
  /** Asks for a boot file that says which configuration to load (firmware V81 and later). */
  readonly bootFile: boolean
  /**
   * In front of the parameters of provisioning, security and firmware: nothing up to V80, `static.` since V81.
   * Both where a model lived through the change; a name a device does not know is ignored.
   */
  readonly staticPrefixes: readonly ('' | 'static.')[]
  /** Accounts also under their names of V70 to V72 (`sip_server_host`). */
  readonly oldAccountNames: boolean
  /** Where a supervision key keeps the code that takes a call: `pickup_value` up to V80, `extension` since V81. */
  readonly pickupFields: readonly ('pickup_value' | 'extension')[]
  /** Transfers with a key by an older switch as well (`features.dsskey_blind_tran`). */
  readonly oldTransferSwitch: boolean
  /** Says in one number when it looks for its configuration (V70). */
  readonly provisioningMode: boolean
}

const v8x: Dialect = {
  layout: 'phone',
  bootFile: true,
  staticPrefixes: ['', 'static.'],
  oldAccountNames: true,
  pickupFields: ['extension', 'pickup_value'],
  oldTransferSwitch: true,
  provisioningMode: false,
}

const v84: Dialect = {
  ...v8x,
  staticPrefixes: ['static.'],
  oldAccountNames: false,
  oldTransferSwitch: false,
  pickupFields: ['extension'],
}

const v7x: Dialect = {
  ...v8x,
  bootFile: false,
  staticPrefixes: [''],
  pickupFields: ['pickup_value'],
  provisioningMode: true,
}

const dialects: Readonly<Record<string, Dialect>> = {
  v7x,
  v8x,
  v84,
  'dect-single': { ...v8x, layout: 'dect' },
  'dect-multi': { ...v84, layout: 'multi-cell' },
}

export function dialectOf(device: Pick<DeviceIntent, 'model'>): Dialect {
  const dialect = dialects[device.model.generation]
  if (!dialect) throw new Error(`${device.model.id} is of an unknown generation: ${device.model.generation}`)
  return dialect
}
