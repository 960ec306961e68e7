import { builds, buildWhatIsNeeded } from './builds.ts';

await buildWhatIsNeeded(Object.values(builds), console.log);
