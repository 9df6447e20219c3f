/* The values that a page shows, kept instead of rendered. */
#ifndef SM_SIM_WEB_DICT_H
#define SM_SIM_WEB_DICT_H

#include "view/view.h"
#include "web.h"

/* This thread's dictionary; make it empty; what it says. */
struct sm_dict *web_dict(void);
void web_dict_clear(struct sm_dict *dict);
void web_dict_read(struct web_page *out, const struct sm_dict *dict);

#endif
