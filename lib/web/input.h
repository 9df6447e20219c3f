/* From what came in to the declared inputs of a page: found, normalised,
 * bounded, each with the sentence that says what is wrong with it. */
#ifndef SM_WEB_INPUT_H
#define SM_WEB_INPUT_H

#include "base/arena.h"
#include "base/form.h"
#include "base/status.h"
#include "config/settings.h"
#include "web/page.h"
#include "web/request.h"
#include "web/route.h"

/* Fill rq->values and rq->inputs_ok from the path and FORM (the query of a
 * GET, the body of a POST).  In a POST a required input that is absent and
 * one that breaks its rule get a sentence; in a GET a bad one is as good as
 * absent, so that a page can be opened with or without its query.  Only an
 * input of .many may come more than once.
 * SM_INVALID    another declared field came twice: a broken request
 * SM_NOT_FOUND  a path segment is not what the page declares. */
enum sm_status sm_inputs_read(struct sm_request *rq,
                              const struct sm_match *match,
                              const struct sm_form *form) SM_MUSTCHECK;

/* Check one value: OUT->raw of LEN bytes is set, the rest is filled; on a
 * breach OUT->error is set and OUT->text is "". */
void sm_input_check(struct sm_value *out, struct sm_arena *arena,
                    const struct sm_settings *settings,
                    const struct sm_input *input, size_t len);

/* The sentence for a required input that is absent. */
const char *sm_input_missing(const struct sm_input *input);

#endif
