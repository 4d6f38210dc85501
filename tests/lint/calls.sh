#!/bin/sh
# Calls that a layer must not make: what prints, what ends the process, what cannot fail safely,
# what obeys the locale, what reads the clock.
. "$(dirname "$0")/lint.sh"
word='(^|[^A-Za-z0-9_])'
c_files engine | refuse 'this call is refused everywhere' \
    "$word(gets|strcpy|strcat|strncpy|strncat|sprintf|vsprintf|strtok|strtok_r|atoi|atol|atoll|atof|strtod|strtof|strtol|strtoul|strtoll|strtoull|sscanf|fscanf|scanf|system|popen|alloca|tmpnam|mktemp|rand|srand|random|setlocale|asctime|ctime|gmtime|localtime|gzopen|gzdopen|gzread|gzgets|gzclose)\\("
c_files engine | refuse 'gzFile hides a truncated file' 'gzFile'
c_files engine | grep -vE '^engine/(cli|web)/' | grep -v '^engine/base/invariant\.c$' |
    refuse 'only the faces print or exit' \
    "$word(exit|_exit|_Exit|quick_exit|abort|printf|vprintf|puts|putchar|perror|fprintf|vfprintf|fputs)\\("
# job notes when a run began and ended, as information outside every digest
c_files engine | grep -vE '^engine/(cli|web)/|^engine/job/run\.c$' |
    refuse 'the clock is read in a face only' \
    "$word(time|gettimeofday|localtime_r|gmtime_r) *\\(|CLOCK_REALTIME"
c_files engine | grep -vE '^engine/base/' |
    refuse 'memory comes from base' "$word(malloc|calloc|realloc|strdup|strndup|asprintf|reallocarray)\\("
finish
