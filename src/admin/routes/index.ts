import type { Route } from '../route.ts'
import { auditRoutes } from './audit.ts'
import { certificateRoutes } from './certificates.ts'
import { companyRoutes } from './companies.ts'
import { deviceRoutes } from './devices.ts'
import { discoveredRoutes } from './discovered.ts'
import { equipmentRoutes } from './equipment.ts'
import { eventRoutes } from './events.ts'
import { factRoutes } from './facts.ts'
import { firmwareRoutes } from './firmware.ts'
import { fleetRoutes } from './fleet.ts'
import { groupRoutes } from './groups.ts'
import { guardRoutes } from './guard.ts'
import { importRoutes } from './imports.ts'
import { keyRoutes } from './keys.ts'
import { keyLayoutRoutes } from './keys-layouts.ts'
import { lineRoutes } from './lines.ts'
import { macLookupRoutes } from './mac-lookup.ts'
import { modelRoutes } from './models.ts'
import { peopleRoutes } from './people.ts'
import { pickupRoutes } from './pickup.ts'
import { rebootRoutes } from './reboots.ts'
import { serverRoutes } from './server.ts'
import { siteRoutes } from './sites.ts'
import { uploadRoutes } from './uploads.ts'

/** Every operation of the API, area by area as its description lists them. */
export const routes: readonly Route[] = [
  ...companyRoutes,
  ...groupRoutes,
  ...siteRoutes,
  ...lineRoutes,
  ...equipmentRoutes,
  ...macLookupRoutes,
  ...keyRoutes,
  ...keyLayoutRoutes,
  ...pickupRoutes,
  ...fleetRoutes,
  ...importRoutes,
  ...deviceRoutes,
  ...uploadRoutes,
  ...rebootRoutes,
  ...eventRoutes,
  ...discoveredRoutes,
  ...modelRoutes,
  ...serverRoutes,
  ...guardRoutes,
  ...firmwareRoutes,
  ...certificateRoutes,
  ...factRoutes,
  ...auditRoutes,
  ...peopleRoutes,
]
