import { type Document, Long } from 'bson';
import { aggregate, find, findAndModify, insert, remove, update, writing } from '../batteryCase.ts';

const docs = [
  { _id: 1, left: 3 },
  { _id: 2, left: 0 },
];
const retry = (command: Document, txnNumber: number, lsid = 'A'): Document => ({
  ...command,
  lsid,
  txnNumber: Long.fromNumber(txnNumber),
});
const begin = (command: Document, txnNumber = 1, lsid = 'A'): Document => ({
  ...within(command, txnNumber, lsid),
  startTransaction: true,
  readConcern: { level: 'snapshot' },
});
function within(command: Document, txnNumber = 1, lsid = 'A'): Document {
  return { ...retry(command, txnNumber, lsid), autocommit: false };
}
const commit = (txnNumber = 1, lsid = 'A'): Document => ({
  ...within({ commitTransaction: 1, $on: 'admin' }, txnNumber, lsid),
  writeConcern: { w: 'majority' },
});
const abort = (txnNumber = 1, lsid = 'A'): Document =>
  within({ abortTransaction: 1, $on: 'admin' }, txnNumber, lsid);
const decrement = update({ _id: 1 }, { $inc: { left: -1 } });
const increment2 = update({ _id: 2 }, { $inc: { left: 1 } });
const all = find({}, { sort: { _id: 1 } });

export const retryableWrites = writing(
  'retryable writes',
  { docs, indexes: [{ key: { hall: 1 }, sparse: true, unique: true }] },
  [
    ['an update sent twice is applied once', [retry(decrement, 1), retry(decrement, 1), all]],
    [
      'an insert sent twice is applied once',
      [retry(insert([{ _id: 5 }]), 1), retry(insert([{ _id: 5 }]), 1), all],
    ],
    [
      'a delete sent twice is applied once',
      [
        retry(remove({ left: { $gte: 0 } }, 1), 1),
        retry(remove({ left: { $gte: 0 } }, 1), 1),
        { count: 'c' },
      ],
      ['n'],
    ],
    [
      'findAndModify sent twice answers the same',
      [
        retry(findAndModify({ _id: 1 }, { update: { $inc: { left: -1 } }, new: true }), 1),
        retry(findAndModify({ _id: 1 }, { update: { $inc: { left: -1 } }, new: true }), 1),
        all,
      ],
    ],
    [
      'findAndModify of the old sent twice answers the same',
      [
        retry(findAndModify({ _id: 1 }, { update: { $inc: { left: -1 } } }), 1),
        retry(findAndModify({ _id: 1 }, { update: { $inc: { left: -1 } } }), 1),
      ],
    ],
    [
      'findAndModify remove sent twice answers the same',
      [
        retry(findAndModify({ _id: 1 }, { remove: true }), 1),
        retry(findAndModify({ _id: 1 }, { remove: true }), 1),
      ],
    ],
    [
      'an upsert sent twice answers the same',
      [
        retry(update({ _id: 9 }, { $inc: { left: 1 } }, { upsert: true }), 1),
        retry(update({ _id: 9 }, { $inc: { left: 1 } }, { upsert: true }), 1),
      ],
    ],
    [
      'a findAndModify upsert sent twice answers the same',
      [
        retry(findAndModify({ _id: 9 }, { update: { $inc: { left: 1 } }, upsert: true, new: true }), 1),
        retry(findAndModify({ _id: 9 }, { update: { $inc: { left: 1 } }, upsert: true, new: true }), 1),
      ],
    ],
    [
      'several inserts sent twice',
      [retry(insert([{ _id: 5 }, { _id: 6 }]), 1), retry(insert([{ _id: 5 }, { _id: 6 }]), 1)],
    ],
    ['a new number is a new write', [retry(decrement, 1), retry(decrement, 2), all]],
    ['an older number is refused', [retry(decrement, 5), retry(decrement, 4), all]],
    ['two sessions do not meet', [retry(decrement, 1, 'A'), retry(decrement, 1, 'B'), all]],
    ['a many-update is refused', [retry(update({}, { $inc: { left: 1 } }, { multi: true }), 1)]],
    ['a many-delete is refused', [retry(remove({}), 1)]],
    [
      'a failed insert sent twice fails twice',
      [retry(insert([{ _id: 1 }]), 1), retry(insert([{ _id: 1 }]), 1)],
    ],
    ['a number without a session is refused', [{ ...decrement, txnNumber: Long.fromNumber(1) }]],
    ['a negative number is refused', [retry(decrement, -1)]],
    ['a number on a read is refused', [retry(all, 1)]],
    [
      'a no-match sent twice',
      [retry(update({ _id: 77 }, { $set: { a: 1 } }), 1), retry(update({ _id: 77 }, { $set: { a: 1 } }), 1)],
    ],
    [
      'a write after its session ended',
      [retry(decrement, 1), { endSessions: ['A'], $on: 'admin' }, retry(decrement, 2), all],
    ],
  ],
);

export const transactions = writing(
  'transactions',
  { docs, indexes: [{ key: { hall: 1 }, sparse: true, unique: true }] },
  [
    ['commit', [begin(decrement), within(increment2), commit(), all]],
    ['abort', [begin(decrement), within(increment2), abort(), all]],
    ['nothing is seen outside before the commit', [begin(decrement), all, commit(), all]],
    [
      'its own writes are seen inside',
      [begin(decrement), within(all), within(insert([{ _id: 3 }])), within({ count: 'c' }), abort()],
      ['cursor', 'n'],
    ],
    [
      'the snapshot does not move',
      [begin(all), update({ _id: 2 }, { $set: { left: 9 } }), within(all), commit(), all],
    ],
    ['an insert outside is not seen inside', [begin(all), insert([{ _id: 3 }]), within(all), commit()]],
    [
      'a write on what changed since the snapshot conflicts',
      [begin(all), update({ _id: 2 }, { $set: { left: 9 } }), within(increment2), abort(), all],
    ],
    [
      'two transactions on one document conflict',
      [begin(decrement, 1, 'A'), begin(decrement, 1, 'B'), commit(1, 'A'), abort(1, 'B'), all],
    ],
    [
      'after a conflict the transaction is gone',
      [begin(all), update({ _id: 2 }, { $set: { left: 9 } }), within(increment2), within(all), commit()],
    ],
    ['a duplicate key ends it', [begin(insert([{ _id: 1 }])), within(all), commit(), all]],
    [
      'a duplicate unique key ends it',
      [
        insert([{ _id: 8, hall: 'A' }]),
        begin(decrement),
        within(insert([{ _id: 9, hall: 'A' }])),
        commit(),
        all,
      ],
    ],
    [
      'a failing update ends it',
      [begin(decrement), within(update({ _id: 1 }, { $inc: { left: 'x' } })), commit(), all],
    ],
    ['two documents of one batch', [begin(insert([{ _id: 5 }, { _id: 6 }])), commit(), all]],
    [
      'findAndModify inside',
      [
        begin(findAndModify({ _id: 1, left: { $gt: 0 } }, { update: { $inc: { left: -1 } }, new: true })),
        commit(),
        all,
      ],
    ],
    ['delete inside', [begin(remove({ _id: 1 }, 1)), within(all), commit(), all]],
    [
      'a many-update inside is allowed',
      [begin(update({}, { $inc: { left: 1 } }, { multi: true })), commit(), all],
    ],
    ['an upsert inside', [begin(update({ _id: 9 }, { $set: { left: 1 } }, { upsert: true })), commit(), all]],
    ['aggregate inside', [begin(aggregate([{ $group: { _id: null, n: { $sum: '$left' } } }])), commit()]],
    ['distinct inside', [begin({ distinct: 'c', key: 'left' }), commit()], 'unordered'],
    [
      'a cursor inside',
      [
        begin(find({}, { sort: { _id: 1 }, batchSize: 1 })),
        within({ getMore: '$$cursor', collection: 'c' }),
        commit(),
      ],
    ],
    ['commit twice is fine', [begin(decrement), commit(), commit(), all]],
    ['abort after commit is refused', [begin(decrement), commit(), abort()]],
    ['commit after abort is refused', [begin(decrement), abort(), commit()]],
    ['abort twice', [begin(decrement), abort(), abort()]],
    ['commit of what was never begun', [commit(7)]],
    ['abort of what was never begun', [abort(7)]],
    ['a statement of an unknown transaction', [within(decrement, 3)]],
    ['an old number is refused', [begin(decrement, 5), commit(5), begin(decrement, 4)]],
    [
      'the next transaction of a session',
      [begin(decrement, 1), commit(1), begin(decrement, 2), commit(2), all],
    ],
    ['a new number ends the open one', [begin(decrement, 1), begin(increment2, 2), commit(2), all]],
    ['begin twice is refused', [begin(decrement, 1), begin(decrement, 1), abort(1)], ['n']],
    ['autocommit true is refused', [{ ...retry(decrement, 1), autocommit: true, startTransaction: true }]],
    ['startTransaction false is refused', [{ ...within(decrement), startTransaction: false }]],
    ['startTransaction without autocommit is refused', [{ ...retry(decrement, 1), startTransaction: true }]],
    [
      'a transaction without a number is refused',
      [{ ...decrement, lsid: 'A', autocommit: false, startTransaction: true }],
    ],
    ['count inside is refused or allowed', [begin({ count: 'c', query: {} }), abort()]],
    ['listCollections inside is refused', [begin({ listCollections: 1 }), abort()]],
    ['drop inside is refused', [begin({ drop: 'c' }), abort(), { count: 'c' }]],
    ['dropIndexes inside is refused', [begin({ dropIndexes: 'c', index: '*' }), abort()]],
    ['a write concern inside is refused', [begin({ ...decrement, writeConcern: { w: 1 } }), abort(), all]],
    [
      'a read concern on a later statement is refused',
      [begin(all), within({ ...all, readConcern: { level: 'snapshot' } }), abort()],
    ],
    [
      'insert into a new collection inside',
      [begin({ insert: 'fresh', documents: [{ _id: 1 }] }), commit(), { count: 'fresh' }],
    ],
    [
      'a new collection is not there after an abort',
      [begin({ insert: 'fresh', documents: [{ _id: 1 }] }), abort(), { count: 'fresh' }],
    ],
    [
      'reading an untouched session outside',
      [
        { ...all, lsid: 'C' },
        { endSessions: ['C'], $on: 'admin' },
      ],
    ],
    [
      'endSessions commits nothing',
      [begin(decrement), { endSessions: ['A'], $on: 'admin' }, all, abort()],
      ['cursor'],
    ],
    [
      'a unique key freed and taken inside',
      [
        insert([{ _id: 8, hall: 'A' }]),
        begin(remove({ _id: 8 }, 1)),
        within(insert([{ _id: 9, hall: 'A' }])),
        commit(),
        all,
      ],
    ],
    [
      'two transactions insert one unique key',
      [
        begin(insert([{ _id: 8, hall: 'A' }]), 1, 'A'),
        begin(insert([{ _id: 9, hall: 'A' }]), 1, 'B'),
        commit(1, 'A'),
        abort(1, 'B'),
        all,
      ],
    ],
    [
      'what was inserted inside is updated inside',
      [
        begin(insert([{ _id: 3, hall: 'A' }])),
        within(update({ _id: 3 }, { $set: { hall: 'B' } })),
        commit(),
        all,
      ],
    ],
    [
      'what was inserted inside is replaced, then removed, inside',
      [
        begin(insert([{ _id: 3, hall: 'A' }])),
        within(update({ _id: 3 }, { left: 7 })),
        within(remove({ left: 7 }, 1)),
        within(all),
        commit(),
        all,
      ],
    ],
    [
      'what was upserted inside is found and changed inside',
      [
        begin(update({ _id: 3 }, { $set: { hall: 'A' } }, { upsert: true })),
        within(findAndModify({ hall: 'A' }, { update: { $set: { left: 1 } }, new: true })),
        within(update({}, { $inc: { left: 10 } }, { multi: true })),
        commit(),
        all,
      ],
    ],
    [
      'removed inside and inserted again with the same id',
      [begin(remove({ _id: 1 }, 1)), within(insert([{ _id: 1, left: 99 }])), commit(), all],
    ],
    [
      'a unique key goes from one document to another inside by update',
      [
        update({ _id: 1 }, { $set: { hall: 'A' } }),
        begin(update({ _id: 1 }, { $unset: { hall: 1 } })),
        within(update({ _id: 2 }, { $set: { hall: 'A' } })),
        commit(),
        all,
      ],
    ],
    [
      'a unique key handed on three times inside',
      [
        update({ _id: 1 }, { $set: { hall: 'A' } }),
        begin(update({ _id: 1 }, { $set: { hall: 'B' } })),
        within(insert([{ _id: 3, hall: 'A' }])),
        within(remove({ _id: 3 }, 1)),
        within(update({ _id: 2 }, { $set: { hall: 'A' } })),
        within(update({ _id: 1 }, { $set: { hall: 'C' } })),
        within(insert([{ _id: 4, hall: 'B' }])),
        commit(),
        all,
      ],
    ],
    [
      'a unique key taken inside by what was inserted inside is a duplicate for the next',
      [
        begin(insert([{ _id: 3, hall: 'A' }])),
        within(update({ _id: 1 }, { $set: { hall: 'A' } })),
        commit(),
        all,
      ],
    ],
    [
      'a unique key freed by a committed write after the snapshot',
      [
        update({ _id: 1 }, { $set: { hall: 'A' } }),
        begin(all),
        update({ _id: 1 }, { $unset: { hall: 1 } }),
        within(update({ _id: 2 }, { $set: { hall: 'A' } })),
        commit(),
        all,
      ],
    ],
    ['a read-only transaction commits', [begin(all), commit()]],
    [
      'a local read concern begins one too',
      [{ ...within(decrement), startTransaction: true, readConcern: { level: 'local' } }, commit(), all],
    ],
    [
      'a majority read concern begins one too',
      [{ ...within(decrement), startTransaction: true, readConcern: { level: 'majority' } }, commit(), all],
    ],
  ],
);
