/* The same of the steps for machines without SSE2, which no other test here meets. */
#undef __SSE2__
#include "feed/csv_line.c" /* stands before the library's */
#include "test_feed_csv_line.c"
