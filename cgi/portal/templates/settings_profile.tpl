{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Profile]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Profile]]</h1>
{{#NEWS_IS_SAVED}}
<p class="good" role="status">[[Saved.]]</p>
{{/NEWS_IS_SAVED}}
{{#NEWS_IS_ASKED}}
<p class="good" role="status">[[Noted. We look at the change before it counts, and write to you.]]</p>
{{/NEWS_IS_ASKED}}
{{#NEWS_IS_SAME}}
<p class="good" role="status">[[Nothing changed: these data are on file.]]</p>
{{/NEWS_IS_SAME}}
{{#NEWS_IS_EMAIL}}
<p class="good" role="status">[[We sent a link to the new address. Until it is opened there, everything stays as it is.]]</p>
{{/NEWS_IS_EMAIL}}
<section class="slip">
<h2>[[You]]</h2>
<dl class="rows">
<div><dt>[[E-mail address]]</dt><dd>{{LOGIN_EMAIL}}</dd></div>
</dl>
<p><a href="/{{LANG}}/settings/email">[[Change the address]]</a></p>
<form method="post" action="/{{LANG}}/settings/profile" novalidate>
{{>_form}}
<fieldset class="choices" id="language">
<legend>[[Language of e-mails]]</legend>
<div><label for="language-ro"><span lang="ro">Română</span></label><input type="radio" id="language-ro" name="language" value="ro"{{#MAIL_IN_RO}} checked{{/MAIL_IN_RO}}></div>
<div><label for="language-bg"><span lang="bg">Български</span></label><input type="radio" id="language-bg" name="language" value="bg"{{#MAIL_IN_BG}} checked{{/MAIL_IN_BG}}></div>
<div><label for="language-en"><span lang="en">English</span></label><input type="radio" id="language-en" name="language" value="en"{{#MAIL_IN_EN}} checked{{/MAIL_IN_EN}}></div>
</fieldset>
<p class="actions"><button type="submit">[[Save the language]]</button></p>
</form>
</section>
{{#HAS_PROFILE_PLACES}}
<h2>[[Your places]]</h2>
{{/HAS_PROFILE_PLACES}}
<div class="cards">
{{#PROFILE_PLACES}}
<section class="slip">
<h3>{{#HAS_NICKNAME}}{{NICKNAME}}{{/HAS_NICKNAME}}{{#HAS_NO_NICKNAME}}{{PLACE_NAME}}{{/HAS_NO_NICKNAME}}</h3>
<p class="quiet">{{#HAS_NICKNAME}}{{PLACE_NAME}} · {{/HAS_NICKNAME}}[[Code …{{CODE_HINT}}]]</p>
{{#OF_OWNER}}
<dl class="rows">
<div><dt>[[Holder]]</dt><dd>{{HOLDER}}</dd></div>
<div><dt>[[The bill comes]]</dt><dd>{{#PAPERLESS}}[[electronically]]{{/PAPERLESS}}{{#ON_PAPER}}[[on paper]]{{/ON_PAPER}}</dd></div>
<div><dt>[[Letters go to]]</dt><dd>{{#HAS_LETTERS}}{{LETTERS}}{{/HAS_LETTERS}}{{#HAS_NO_LETTERS}}[[the same place]]{{/HAS_NO_LETTERS}}</dd></div>
</dl>
{{/OF_OWNER}}
{{#ADDRESS_WAITS}}
<p class="warn">[[A change of the address waits for us.]]</p>
{{/ADDRESS_WAITS}}
{{#BUSINESS_WAITS}}
<p class="warn">[[A change of the business data waits for us.]]</p>
{{/BUSINESS_WAITS}}
<p><a href="/{{LANG}}/settings/place/{{PLACE_ID}}">{{#OF_OWNER}}[[Name, paper bill, letters]]{{/OF_OWNER}}{{#OF_GUEST}}[[Give it a name]]{{/OF_GUEST}}</a></p>
{{#OF_BUSINESS}}
<p><a href="/{{LANG}}/settings/business/{{PLACE_ID}}">[[Business data]]</a></p>
{{/OF_BUSINESS}}
</section>
{{/PROFILE_PLACES}}
</div>
</main>
{{>_foot}}
