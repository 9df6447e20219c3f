#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Under AddressSanitizer the bytes not handed out are poisoned, so that a
 * pointer kept over a clear is caught like one kept over a free. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(ptr, len) ASAN_POISON_MEMORY_REGION((ptr), (len))
#define UNPOISON(ptr, len) ASAN_UNPOISON_MEMORY_REGION((ptr), (len))
#else
#define POISON(ptr, len) ((void)(ptr), (void)(len))
#define UNPOISON(ptr, len) ((void)(ptr), (void)(len))
#endif

#define ALIGNMENT _Alignof(max_align_t)
#define BLOCK_SIZE ((size_t)64 * 1024)

struct block {
    struct block *next;
    size_t size;
    size_t used;
    _Alignas(max_align_t) unsigned char bytes[];
};

/* One thing to release; lives in the arena itself. */
struct note {
    struct note *next; /* the older note */
    void (*release)(void *);
    void *ptr;
};

struct sm_arena {
    struct block *first; /* kept over a clear */
    struct block *more;  /* all the others */
    struct block *top;   /* the one of them that serves small requests */
    struct note *notes;  /* newest first */
    size_t ceiling;
    size_t used;
};

static struct block *block_new(size_t size)
{
    struct block *block;

    if (size > SIZE_MAX - sizeof(*block))
        return NULL;
    block = malloc(sizeof(*block) + size);
    if (!block)
        return NULL;
    block->next = NULL;
    block->size = size;
    block->used = 0;
    POISON(block->bytes, size);
    return block;
}

static void block_free(struct block *block)
{
    UNPOISON(block->bytes, block->size);
    free(block);
}

struct sm_arena *sm_arena_new(size_t ceiling)
{
    struct sm_arena *arena = calloc(1, sizeof(*arena));

    if (!arena)
        return NULL;
    arena->first = block_new(BLOCK_SIZE);
    if (!arena->first) {
        free(arena);
        return NULL;
    }
    arena->top = arena->first;
    arena->ceiling = ceiling;
    return arena;
}

static void run_notes(struct sm_arena *arena)
{
    struct note *note;

    while ((note = arena->notes)) {
        arena->notes = note->next;
        note->release(note->ptr);
    }
}

void sm_arena_clear(struct sm_arena *arena)
{
    struct block *block;

    run_notes(arena);
    while ((block = arena->more)) {
        arena->more = block->next;
        block_free(block);
    }
    arena->top = arena->first;
    POISON(arena->first->bytes, arena->first->size);
    arena->first->used = 0;
    arena->used = 0;
}

static void wipe(struct block *block)
{
    UNPOISON(block->bytes, block->size);
    explicit_bzero(block->bytes, block->used);
}

void sm_arena_wipe(struct sm_arena *arena)
{
    run_notes(arena); /* they lie in it */
    wipe(arena->first);
    for (struct block *block = arena->more; block; block = block->next)
        wipe(block);
    sm_arena_clear(arena);
}

void sm_arena_free(struct sm_arena *arena)
{
    if (!arena)
        return;
    sm_arena_clear(arena);
    block_free(arena->first);
    free(arena);
}

/* The block that will serve LEN bytes.  A large request gets a block of its
 * own, so that the rest of the top block is not lost. */
static struct block *block_for(struct sm_arena *arena, size_t len)
{
    bool large = len > BLOCK_SIZE / 4;
    struct block *block;

    if (arena->top->size - arena->top->used >= len)
        return arena->top;
    block = block_new(large ? len : BLOCK_SIZE);
    if (!block)
        return NULL;
    block->next = arena->more;
    arena->more = block;
    if (!large)
        arena->top = block;
    return block;
}

void *sm_arena_alloc(struct sm_arena *arena, size_t size)
{
    struct block *block;
    unsigned char *ptr;
    size_t len = size ? size : 1;

    if (len > SIZE_MAX - ALIGNMENT)
        return NULL;
    len = (len + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (len > arena->ceiling - arena->used)
        return NULL;
    block = block_for(arena, len);
    if (!block)
        return NULL;
    ptr = block->bytes + block->used;
    block->used += len;
    arena->used += len;
    UNPOISON(ptr, size);
    memset(ptr, 0, size);
    return ptr;
}

void *sm_arena_calloc(struct sm_arena *arena, size_t count, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(count, size, &total))
        return NULL;
    return sm_arena_alloc(arena, total);
}

char *sm_arena_strndup(struct sm_arena *arena, const char *text, size_t len)
{
    char *copy;

    if (len == SIZE_MAX)
        return NULL;
    copy = sm_arena_alloc(arena, len + 1);
    if (copy && len > 0)
        memcpy(copy, text, len);
    return copy;
}

char *sm_arena_strdup(struct sm_arena *arena, const char *text)
{
    return text ? sm_arena_strndup(arena, text, strlen(text)) : NULL;
}

char *sm_arena_printf(struct sm_arena *arena, const char *fmt, ...)
{
    char small[256];
    char *text = NULL;
    va_list args;
    int len;

    va_start(args, fmt);
    len = vsnprintf(small, sizeof(small), fmt, args);
    va_end(args);
    if (len < 0)
        return NULL;
    if ((size_t)len < sizeof(small))
        return sm_arena_strndup(arena, small, (size_t)len);
    text = sm_arena_alloc(arena, (size_t)len + 1);
    if (!text)
        return NULL;
    va_start(args, fmt);
    len = vsnprintf(text, (size_t)len + 1, fmt, args);
    va_end(args);
    return len < 0 ? NULL : text;
}

bool sm_arena_defer(struct sm_arena *arena, void (*release)(void *), void *ptr)
{
    struct note *note = sm_arena_alloc(arena, sizeof(*note));

    if (!note) {
        release(ptr);
        return false;
    }
    note->release = release;
    note->ptr = ptr;
    note->next = arena->notes;
    arena->notes = note;
    return true;
}

size_t sm_arena_used(const struct sm_arena *arena)
{
    return arena->used;
}
