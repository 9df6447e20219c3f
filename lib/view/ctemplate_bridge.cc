// The only C++ of the project; see ctemplate_bridge.h.
#include "ctemplate_bridge.h"

#include <ctemplate/template.h>

#include <cstring>
#include <deque>
#include <string>

using ctemplate::AddXssSafeModifier;
using ctemplate::DO_NOT_STRIP;
using ctemplate::ExpandEmitter;
using ctemplate::PerExpandData;
using ctemplate::StaticTemplateString;
using ctemplate::StaticTemplateStringInitializer;
using ctemplate::STRIP_BLANK_LINES;
using ctemplate::Template;
using ctemplate::TemplateDictionary;
using ctemplate::TemplateModifier;
using ctemplate::TemplateString;

namespace
{

// Filled before threads start, read-only afterwards.  A deque, since the
// library keeps the address of each.
std::deque<StaticTemplateString> keys;

TemplateString Key(int key)
{
    return TemplateString(keys[static_cast<size_t>(key)]);
}

TemplateDictionary *Dict(void *dict)
{
    return static_cast<TemplateDictionary *>(dict);
}

// Writes into the caller's buffer, which knows its own ceiling.
class Emitter : public ExpandEmitter
{
  public:
    explicit Emitter(struct sm_buf *out) : out_(out)
    {
    }
    void Emit(char c) override
    {
        sm_buf_addc(out_, c);
    }
    void Emit(const std::string &s) override
    {
        sm_buf_add(out_, s.data(), s.size());
    }
    void Emit(const char *s) override
    {
        sm_buf_adds(out_, s);
    }
    void Emit(const char *s, size_t len) override
    {
        sm_buf_add(out_, s, len);
    }

  private:
    struct sm_buf *out_;
};

const char kSvgs[] = "svgs"; // of the page, in its PerExpandData

// {{NAME:x-svg}}: what comes out is a picture that lib/chart gave to this
// page, or nothing; NAME's own bytes never do.
class Svg : public TemplateModifier
{
  public:
    void Modify(const char *in, size_t len, const PerExpandData *data,
                ExpandEmitter *out, const std::string &) const override
    {
        const auto *svgs = static_cast<const struct sm_ct_svgs *>(
            data ? data->LookupForModifiers(kSvgs) : nullptr);
        size_t index = 0;

        if (!svgs || len != 1 || *in < '0')
            return;
        index = static_cast<size_t>(*in - '0');
        if (index < svgs->count)
            out->Emit(svgs->svg[index].bytes, svgs->svg[index].len);
    }
};
static_assert(SM_CT_SVGS <= 10, "the number of a picture is one digit");

// Run what may throw; BAD if it does.
template <class Result, class Action> Result guard(Result bad, Action action)
{
    try {
        return action();
    } catch (...) {
        return bad;
    }
}

} // namespace

extern "C" bool sm_ct_open(const char *const *names, size_t count)
{
    static const Svg svg;

    return guard(false, [&] {
        // refused, without harm, when it is there from an earlier call
        (void)AddXssSafeModifier("x-svg", &svg);
        for (size_t i = 0; i < count; i++) {
            keys.push_back(
                StaticTemplateString{{names[i], strlen(names[i]), 0}});
            StaticTemplateStringInitializer add(&keys.back());
        }
        return true;
    });
}

extern "C" void sm_ct_close(void)
{
    guard(false, [] {
        Template::ClearCache();
        keys.clear();
        return true;
    });
}

extern "C" const void *sm_ct_load(const char *path, bool plain)
{
    return guard(static_cast<const void *>(nullptr), [&] {
        return static_cast<const void *>(Template::GetTemplate(
            path, plain ? DO_NOT_STRIP : STRIP_BLANK_LINES));
    });
}

extern "C" void *sm_ct_dict_new(void)
{
    return guard(static_cast<void *>(nullptr), [] {
        return static_cast<void *>(new TemplateDictionary("page"));
    });
}

extern "C" void sm_ct_dict_free(void *dict)
{
    delete Dict(dict);
}

extern "C" bool sm_ct_set(void *dict, int key, const char *text, size_t len)
{
    return guard(false, [&] {
        Dict(dict)->SetValue(Key(key), TemplateString(text, len));
        return true;
    });
}

extern "C" bool sm_ct_show(void *dict, int key)
{
    return guard(false, [&] {
        Dict(dict)->ShowSection(Key(key));
        return true;
    });
}

extern "C" void *sm_ct_section(void *dict, int key)
{
    return guard(static_cast<void *>(nullptr), [&] {
        return static_cast<void *>(Dict(dict)->AddSectionDictionary(Key(key)));
    });
}

extern "C" bool sm_ct_render(struct sm_buf *out, const void *tpl,
                             const void *dict, const struct sm_ct_svgs *svgs)
{
    return guard(false, [&] {
        const auto *from = static_cast<const Template *>(tpl);
        const auto *values = static_cast<const TemplateDictionary *>(dict);
        Emitter emitter(out);

        if (svgs->count == 0)
            return from->Expand(&emitter, values);

        PerExpandData data;

        data.InsertForModifiers(kSvgs, svgs);
        return from->ExpandWithData(&emitter, values, &data);
    });
}
