import { Module, type DynamicModule } from '@nestjs/common';
import type { FeedDescriptor, Watch } from '@faultline/evidence';
import { WorldReader } from '@faultline/exposures';
import { CLOCK, Database, type Clock } from '@faultline/platform';
import type { ReportSigner } from '@faultline/reports';
import { EntriesController } from './entries.controller.js';
import { EntriesService } from './entries.service.js';
import { ExposuresController } from './exposures.controller.js';
import { ExposuresService } from './exposures.service.js';
import { Callers } from './http/caller.js';
import { HealthController } from './health.controller.js';
import { IncidentsController } from './incidents.controller.js';
import { IncidentsService } from './incidents.service.js';
import { PlacesController } from './places.controller.js';
import { PlacesService } from './places.service.js';
import { PortfolioController } from './portfolio.controller.js';
import { PortfolioService } from './portfolio.service.js';
import { Reader } from './reader.js';
import { ReportsController } from './reports.controller.js';
import { REPORT_SIGNER, ReportsService } from './reports.service.js';
import { ScoreRunsController } from './score-runs.controller.js';
import { ScoreRunsService } from './score-runs.service.js';
import { SessionController } from './session.controller.js';
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
}

@Module({})
export class AppModule {
  static of({ database, clock, feeds, watches, reportSigner }: ApiParts): DynamicModule {
    return {
      module: AppModule,
      controllers: [
        EntriesController,
        ExposuresController,
        IncidentsController,
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
        Reader,
        Callers,
        EntriesService,
        ExposuresService,
        IncidentsService,
        OwnExposureService,
        PlacesService,
        PortfolioService,
        ReportsService,
        ScoreRunsService,
        SubjectsService,
        WorkloadsService,
      ],
    };
  }
}
