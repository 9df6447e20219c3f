{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[What happened to your account]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1 id="title">[[What happened to your account]]</h1>
<p class="lead">[[Who logged in, what was changed, and what others did for you.]]</p>
{{#EVENTS_NONE}}
<p>[[Nothing more was noted.]]</p>
{{/EVENTS_NONE}}
{{#EVENTS_SOME}}
<p class="quiet"><a href="/{{LANG}}/settings/log/csv">[[Save all of it as CSV]]</a></p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="title">
<table aria-labelledby="title">
<thead>
<tr><th scope="col">[[No.]]</th><th scope="col" class="wide">[[When]]</th><th scope="col">[[What]]</th><th scope="col" class="wide">[[Hash]]</th></tr>
</thead>
<tbody>
{{#EVENTS}}
<tr><td>{{EVENT_NO}}</td><td class="wide">{{EVENT_AT}}</td><th scope="row"><span class="narrow quiet">{{EVENT_AT}}</span><br class="narrow">{{EVENT_WHAT}}{{#HAS_DETAIL}}<br><span class="quiet">{{EVENT_DETAIL}}</span>{{/HAS_DETAIL}}<br class="narrow"><code class="narrow">{{EVENT_HASH}}…</code></th><td class="wide"><code>{{EVENT_HASH}}…</code></td></tr>
{{/EVENTS}}
</tbody>
</table>
</div>
{{/EVENTS_SOME}}
<nav class="pages" aria-label="[[Pages]]">
{{#HAS_NEWER}}
<a href="/{{LANG}}/settings/log">[[Newest]]</a>
{{/HAS_NEWER}}
{{#HAS_OLDER}}
<a rel="next" href="/{{LANG}}/settings/log?before={{OLDER_BEFORE}}">[[Older]]</a>
{{/HAS_OLDER}}
</nav>
<section>
<h2>[[How you can check it]]</h2>
<p>[[Every entry carries a hash, a number of 64 digits that is made of the entry and of the hash before it. Whoever changed, added or took out one entry would have to change all hashes after it, and those that you saved earlier would not fit any more.]]</p>
<p>[[Save the file now and then. In it, from number 1 on, this must hold for each line:]]</p>
<p><code>hash(n) = SHA-256(hash(n-1) + text(n))</code></p>
<p>[[The hash before it is taken as its 32 bytes, for number 1 as nothing; <b>text</b> is the column of that name in UTF-8: number, time in microseconds since 1970, kind and detail, with upright strokes between. A few lines of any programming language do it, for example in Python:]]</p>
<div class="scroll" tabindex="0" role="region" aria-label="[[Program that checks the file]]"><pre><code>import csv, hashlib
before = b""
rows = list(csv.DictReader(open("log.csv", encoding="utf-8-sig")))
for row in reversed(rows):
    made = hashlib.sha256(before + row["text"].encode()).digest()
    if made.hex() != row["hash"]:
        print("broken at", row["seq"])
    before = bytes.fromhex(row["hash"])
print(len(rows), "entries followed")</code></pre></div>
</section>
<p class="actions"><a class="button second" href="/{{LANG}}/settings">[[Back to the settings]]</a></p>
</main>
{{>_foot}}
