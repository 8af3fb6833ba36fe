//! Starting the import worker.
