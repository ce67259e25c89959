import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser, openPage, type Misdeeds } from '../support/browser.js';
import { quakeDocument } from '../support/quakes.js';
import { runService, type RunningService } from '../support/running-service.js';
