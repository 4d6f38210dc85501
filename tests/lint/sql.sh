#!/bin/sh
# SQL stands in .sql files: a statement in a C string escapes the test that prepares them all.
. "$(dirname "$0")/lint.sh"
c_files engine include | refuse 'SQL in C' \
    '"[^"]*(SELECT |INSERT |UPDATE |DELETE FROM|CREATE (TABLE|INDEX|VIEW|TEMP)|DROP |ALTER TABLE|PRAGMA|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|ATTACH|VACUUM)[^"]*"'
finish
