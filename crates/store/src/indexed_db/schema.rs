//! Versions of the set of object stores, and the way from each to the next.

use indexed_db_futures::KeyPath;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::Error;
use indexed_db_futures::prelude::*;

use crate::record::Shelf;

struct Migration {
    to_version: u64,
    run: fn(&Database) -> Result<(), Error>,
}

/// One line for each version, oldest first; the last is [`SCHEMA_VERSION`](crate::SCHEMA_VERSION). A line that has
/// been released is never changed. What lies inside the bodies is migrated by whoever wrote them.
const MIGRATIONS: &[Migration] = &[
    Migration {
        to_version: 1,
        run: version_1,
    },
    // Chunks are no longer JSON alone, which releases of version 1 would take for damage. The caller reads both.
    Migration {
        to_version: 2,
        run: |_| Ok(()),
    },
    // Entries are linked and history holds them as text; a tab of an earlier release would write neither, and no
    // second copy.
    Migration {
        to_version: 3,
        run: |_| Ok(()),
    },
    // The caller keeps columns that releases of version 3 do not know and would take for damage.
    Migration {
        to_version: 4,
        run: |_| Ok(()),
    },
    // Again columns that earlier releases do not know: policies, targets that are no grades, targets of cohorts.
    Migration {
        to_version: 5,
        run: |_| Ok(()),
    },
    // Again columns that earlier releases do not know: assessments, marks, classes given up, KS2 teacher assessments.
    Migration {
        to_version: 6,
        run: |_| Ok(()),
    },
    // Again what earlier releases do not know: the average on the old scale of eight points, and codes in place of KS2
    // teacher assessments.
    Migration {
        to_version: 7,
        run: |_| Ok(()),
    },
    // Again what earlier releases do not know: the year after which a pupil left, and the step that begins a year.
    Migration {
        to_version: 8,
        run: |_| Ok(()),
    },
    // Again what earlier releases do not know: the comment bank and interventions, with their steps.
    Migration {
        to_version: 9,
        run: |_| Ok(()),
    },
];

/// Runs every migration that a database of the old version (0: none) still lacks. The browser keeps all of them or,
/// when the tab dies on the way, none.
pub(super) fn migrate(database: &Database, old_version: u64) -> Result<(), Error> {
    for migration in MIGRATIONS
        .iter()
        .filter(|migration| migration.to_version > old_version)
    {
        (migration.run)(database)?;
    }
    Ok(())
}

fn version_1(database: &Database) -> Result<(), Error> {
    for shelf in Shelf::ALL {
        database
            .create_object_store(shelf.name())
            .with_key_path(KeyPath::from("key"))
            .build()?;
    }
    Ok(())
}
