/* The routes of our programs for the ownership walk, as the programs
 * themselves print them: a new page is walked without a word about it here. */
#ifndef SM_PAGES_OWNER_ROUTES_H
#define SM_PAGES_OWNER_ROUTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum { SM_WALK_INPUTS = 40, SM_WALK_ROUTES = 400, SM_WALK_OBJECTS = 120 };

struct sm_walk_input {
    char name[40], type[20], first[40]; /* first of the choices */
    int64_t min, max;
    bool required;
    bool in_path;
    bool is_id; /* it names something that may be somebody's */
};

struct sm_walk_route {
    char program[16], path[128], auth[16], stage[16];
    bool plain, get, post, personal;
    int ninputs;
    struct sm_walk_input inputs[SM_WALK_INPUTS];
};

/* What an id can name (walk.object of owner_world.sql). */
struct sm_walk_object {
    char path[64], input[40], sight[8], id[27];
};

struct sm_walk {
    int nroutes, nobjects;
    struct sm_walk_route routes[SM_WALK_ROUTES];
    struct sm_walk_object objects[SM_WALK_OBJECTS];
};

/* Read the routes of people (not those of processors and of monitoring) that
 * PROGRAM has, and add them.  Fails the test if they are not as expected. */
void sm_walk_add(struct sm_walk *walk, const char *program);

/* Read the objects from the database. */
void sm_walk_objects(struct sm_walk *walk);

/* Object number N that INPUT of ROUTE can name, or NULL after the last.  Fails
 * the test for an input of which no object is known. */
const struct sm_walk_object *sm_walk_object(const struct sm_walk *walk,
                                            const struct sm_walk_route *route,
                                            const struct sm_walk_input *input,
                                            int n);

/* With how many objects ROUTE is walked; 0: it takes no id. */
int sm_walk_rounds(const struct sm_walk *walk,
                   const struct sm_walk_route *route);

/* An id of nothing, as long as all. */
extern const char sm_walk_nothing[];

/* How a request is filled. */
struct sm_walk_fill {
    int round;
    bool real; /* with the ids of objects, else of nothing */
    bool all;  /* every input, else ids and what is required */
};

/* Write the path of ROUTE; for a GET its ids in the query too. */
void sm_walk_path(struct sm_buf *out, const struct sm_walk *walk,
                  const struct sm_walk_route *route,
                  const struct sm_walk_fill *fill, bool post);

/* Write the fields of its form. */
void sm_walk_form(struct sm_buf *out, const struct sm_walk *walk,
                  const struct sm_walk_route *route,
                  const struct sm_walk_fill *fill);

#endif
