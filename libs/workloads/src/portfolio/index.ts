export * from './asset.js';
export type { FileFault, FileReading, RowFault } from './fault.js';
export { NO_MAPPING, readMapping, type Mapping } from './mapping.js';
export { RegionIndex, type KnownRegion, type RegionCandidate, type RegionMatch } from './region-match.js';
export * from './portfolio.js';
