import { Injectable, RequestMethod, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ALLOWED } from './allow.js';

/** Sees to it that no route is open by being forgotten. */
@Injectable()
export class DeclaredRoutes implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws Error naming every route that does not say who may call it. */
  onModuleInit(): void {
    const silent = this.discovery.getControllers().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, object>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((name) => isRoute(prototype[name]!) && Reflect.getMetadata(ALLOWED, prototype[name]!) === undefined)
        .map((name) => `${metatype.name}.${name}`);
    });
    if (silent.length > 0) {
      throw new Error(
        `${silent.join(', ')}: no word on who may call it: put AllowAll, AllowReaders or AllowRoles on it`,
      );
    }
  }
}

function isRoute(method: object): boolean {
  const verb = Reflect.getMetadata('method', method) as RequestMethod | undefined;
  return verb !== undefined;
}
