/* Identifiers as people write them; included after cmocka.h. */
#ifndef SM_UNIT_SAMPLE_H
#define SM_UNIT_SAMPLE_H

/* Pairs of what is read and what it becomes; NULL: it is refused. */
struct sample {
    const char *text;
    const char *form;
};

/* A reader that answered STATUS and OUT did with SAMPLE what it should. */
static inline void check(const struct sample *sample, enum sm_status status,
                         const char *out)
{
    if (!sample->form) {
        if (status != SM_INVALID)
            fail_msg("\"%s\" was taken", sample->text);
        return;
    }
    if (status != SM_OK)
        fail_msg("\"%s\" was refused", sample->text);
    assert_string_equal(out, sample->form);
}

#endif
