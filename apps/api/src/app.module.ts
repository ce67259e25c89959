import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import type { FeedDescriptor, Watch } from '@faultline/evidence';
import { WorldReader } from '@faultline/exposures';
import { CLOCK, Database, type Clock } from '@faultline/platform';
import type { ReportSigner } from '@faultline/reports';
import { EntriesController } from './entries.controller.js';
import { EntriesService } from './entries.service.js';
import { ExposuresController } from './exposures.controller.js';
import { ExposuresService } from './exposures.service.js';
import { AccessController } from './access.controller.js';
import { AccessService } from './access.service.js';
import { AccessGuard, CallerInterceptor } from './http/access.guard.js';
import { ACCESS_SETTINGS, type AccessSettings } from './http/access-settings.js';
import { BudgetGuard } from './http/budget.guard.js';
import { FootingController } from './footing.controller.js';
import { FootingService } from './footing.service.js';
import { Callers } from './http/caller.js';
import { DeclaredRoutes } from './http/declared-routes.js';
import { HealthController } from './health.controller.js';
import { IncidentsController } from './incidents.controller.js';
import { IncidentsService } from './incidents.service.js';
import { OwnAccountController } from './own-account.controller.js';
import { OwnAccountService } from './own-account.service.js';
import { PlacesController } from './places.controller.js';
import { PlacesService } from './places.service.js';
import { PortfolioController } from './portfolio.controller.js';
import { PortfolioService } from './portfolio.service.js';
import { ProviderService } from './provider.service.js';
import { Reader } from './reader.js';
import { ReportsController } from './reports.controller.js';
import { REPORT_SIGNER, ReportsService } from './reports.service.js';
import { ScoreRunsController } from './score-runs.controller.js';
import { ScoreRunsService } from './score-runs.service.js';
import { SessionController } from './session.controller.js';
import { SessionService } from './session.service.js';
import { OwnExposureService } from './own-exposure.service.js';
import { SubjectsController } from './subjects.controller.js';
import { SubjectsService } from './subjects.service.js';
import { WorkloadsController } from './workloads.controller.js';
import { WorkloadsService } from './workloads.service.js';

/** What the API stands on; given from outside, so that a test gives its own. */
export interface ApiParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly feeds: readonly FeedDescriptor[];
  readonly watches: readonly Watch[];
  /** Without one, reports are refused: an unsigned one proves nothing. */
  readonly reportSigner?: ReportSigner | undefined;
  readonly access: AccessSettings;
}

@Module({})
export class AppModule {
  static of({ database, clock, feeds, watches, reportSigner, access }: ApiParts): DynamicModule {
    return {
      module: AppModule,
      imports: [DiscoveryModule],
      controllers: [
        AccessController,
        EntriesController,
        ExposuresController,
        FootingController,
        IncidentsController,
        OwnAccountController,
        PlacesController,
        PortfolioController,
        ReportsController,
        ScoreRunsController,
        SessionController,
        SubjectsController,
        WorkloadsController,
        HealthController,
      ],
      providers: [
        { provide: Database, useValue: database },
        { provide: CLOCK, useValue: clock },
        { provide: WorldReader, useValue: new WorldReader(feeds, watches) },
        { provide: REPORT_SIGNER, useValue: reportSigner ?? null },
        { provide: ACCESS_SETTINGS, useValue: access },
        { provide: APP_GUARD, useClass: BudgetGuard },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: CallerInterceptor },
        DeclaredRoutes,
        Reader,
        Callers,
        AccessService,
        EntriesService,
        ExposuresService,
        FootingService,
        IncidentsService,
        OwnAccountService,
        OwnExposureService,
        PlacesService,
        PortfolioService,
        ProviderService,
        ReportsService,
        SessionService,
        ScoreRunsService,
        SubjectsService,
        WorkloadsService,
      ],
    };
  }
}
