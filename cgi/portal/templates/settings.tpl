{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Settings]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Settings]]</h1>
<p class="lead">[[Logged in as <b>{{LOGIN_EMAIL}}</b>]]</p>
{{#NEWS_IS_PASSWORD}}
<p class="good" role="status">[[Your password was changed. All other browsers were logged out.]]</p>
{{/NEWS_IS_PASSWORD}}
{{#NEWS_IS_CODE_ON}}
<p class="good" role="status">[[From now on a code is asked for in browsers that we do not know.]]</p>
{{/NEWS_IS_CODE_ON}}
{{#NEWS_IS_CODE_OFF}}
<p class="good" role="status">[[No code is asked for any more.]]</p>
{{/NEWS_IS_CODE_OFF}}
<ul class="tiles">
<li><h2><a href="/{{LANG}}/settings/profile">[[Profile]]</a></h2><p>[[E-mail address and language, names of your places, paper bill, address of letters.]]</p></li>
<li><h2><a href="/{{LANG}}/settings/contracts">[[Contracts]]</a></h2><p>[[What this account shows, and adding another contract.]]</p></li>
<li><h2><a href="/{{LANG}}/settings/people">[[People]]</a></h2><p>[[Let somebody see and do things for you, and end it.]]</p></li>
<li><h2><a href="/{{LANG}}/settings/password">[[Password]]</a></h2><p>[[Choose another one.]]</p></li>
<li><h2><a href="/{{LANG}}/settings/code">[[Second step]]</a></h2><p>{{#SECOND_ON}}[[On: a code of your telephone is asked for.]]{{/SECOND_ON}}{{#SECOND_OFF}}[[Off. With it nobody gets in by your password alone.]]{{/SECOND_OFF}}</p></li>
<li><h2><a href="/{{LANG}}/account/sessions">[[Browsers]]</a></h2><p>[[Where you are logged in, and logging out elsewhere.]]</p></li>
<li><h2><a href="/{{LANG}}/settings/representative">[[Act for an organisation]]</a></h2><p>[[For who represents a company, an institution or an association.]]</p></li>
</ul>
</main>
{{>_foot}}
