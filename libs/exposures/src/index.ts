export * from './model/condition.js';
export * from './model/now.js';
export * from './model/score-input.js';
export * from './model/ahead.js';
export * from './model/exposure.js';
export { MOST_A_DAY, MOST_IN_THIRTY_DAYS } from './model/source-caps.js';
export * from './model/telemetry.js';
export * from './world.reader.js';
export { DEFAULT_PARAMETERS, MODEL_LIMITS, PARAMETER_BASIS } from '@faultline/scoring';
