import type { Route } from '../route.ts'
import { companyRoutes } from './companies.ts'
import { equipmentRoutes } from './equipment.ts'
import { fleetRoutes } from './fleet.ts'
import { keyRoutes } from './keys.ts'
import { lineRoutes } from './lines.ts'
import { peopleRoutes } from './people.ts'
import { pickupRoutes } from './pickup.ts'
import { siteRoutes } from './sites.ts'

/** Every operation of the API, area by area as its description lists them. */
export const routes: readonly Route[] = [
  ...companyRoutes,
  ...siteRoutes,
  ...lineRoutes,
  ...equipmentRoutes,
  ...keyRoutes,
  ...pickupRoutes,
  ...fleetRoutes,
  ...peopleRoutes,
]
