export * from './model/condition.js';
export * from './model/now.js';
export * from './model/score-input.js';
export * from './model/ahead.js';
export * from './model/exposure.js';
export * from './model/telemetry.js';
export * from './model/movement.js';
export * from './world.reader.js';
export { DEFAULT_PARAMETERS, MODEL_LIMITS, PARAMETER_BASIS } from '@faultline/scoring';
