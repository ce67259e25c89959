import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ledgerSize } from '@faultline/ledger';
import { Database, PUBLIC_TENANT } from '@faultline/platform';
import { AllowAll } from './http/allow.js';

/** Alive asks nothing of the database: a database that blips must not restart every instance. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('healthz')
  @AllowAll()
  alive() {
    return { status: 'alive' };
  }

  @Get('readyz')
  @AllowAll()
  async ready() {
    const scope = { tenantId: PUBLIC_TENANT, actor: 'readyz' };
    const size = await this.database.transaction('app', scope, 'read', ledgerSize).catch(() => {
      throw new ServiceUnavailableException({
        code: 'database.unavailable',
        detail: 'the database does not answer: see its log',
      });
    });
    return { status: 'ready', position: size };
  }
}
