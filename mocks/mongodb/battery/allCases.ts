import type { BatteryCase } from './batteryCase.ts';
import {
  arithmetic,
  arraysAndObjects,
  comparisons,
  conversions,
  dates,
  strings,
} from './cases/aggregateExpressions.ts';
import { groups, joins, outputs, simpleStages } from './cases/aggregateStages.ts';
import { counts } from './cases/countAndDistinct.ts';
import { collections, commands, cursors } from './cases/cursorsAndAdmin.ts';
import { indexedAnswers, indexManagement, plans, uniqueness } from './cases/indexes.ts';
import { queryArrays } from './cases/queryArrays.ts';
import { queryComparison } from './cases/queryComparison.ts';
import { queryEvaluation, queryLogic, queryRegex, queryTypes } from './cases/queryElements.ts';
import { retryableWrites, transactions } from './cases/sessionsAndTransactions.ts';
import { projections, sortOfEveryKind, sortSkipLimit } from './cases/sortAndProject.ts';
import { arrayUpdates, positionalUpdates } from './cases/updateArrays.ts';
import { fieldUpdates, replacements } from './cases/updateOperators.ts';
import { pipelineUpdates, upserts } from './cases/updateUpserts.ts';
import { findAndModifies, inserts, updatesAndDeletes } from './cases/writes.ts';
import { drawnCases } from './randomCases.ts';

export const allCases: readonly BatteryCase[] = [
  ...queryComparison,
  ...queryTypes,
  ...queryEvaluation,
  ...queryLogic,
  ...queryRegex,
  ...queryArrays,
  ...sortOfEveryKind,
  ...sortSkipLimit,
  ...projections,
  ...fieldUpdates,
  ...replacements,
  ...arrayUpdates,
  ...positionalUpdates,
  ...upserts,
  ...pipelineUpdates,
  ...inserts,
  ...updatesAndDeletes,
  ...findAndModifies,
  ...counts,
  ...simpleStages,
  ...groups,
  ...joins,
  ...outputs,
  ...arithmetic,
  ...comparisons,
  ...strings,
  ...conversions,
  ...dates,
  ...arraysAndObjects,
  ...indexManagement,
  ...uniqueness,
  ...plans,
  ...indexedAnswers,
  ...cursors,
  ...collections,
  ...commands,
  ...retryableWrites,
  ...transactions,
  ...drawnCases(),
];
