{{%AUTOESCAPE context="HTML"}}
</head>
<body>
<a class="skip" href="#main">[[Skip to the content]]</a>
<header class="top">
<div class="wrap">
<a class="brand" href="/{{LANG}}/"><img src="{{LOGO_URL}}" alt="" width="36" height="36"><span>{{COMPANY_NAME}}</span></a>
<nav class="languages" aria-label="[[Language]]">
<ul>
<li><a href="{{LANG_RO_URL}}" lang="ro" hreflang="ro"{{#LANG_RO}} aria-current="true"{{/LANG_RO}}><abbr title="Română">RO</abbr></a></li>
<li><a href="{{LANG_BG_URL}}" lang="bg" hreflang="bg"{{#LANG_BG}} aria-current="true"{{/LANG_BG}}><abbr title="Български">БГ</abbr></a></li>
<li><a href="{{LANG_EN_URL}}" lang="en" hreflang="en"{{#LANG_EN}} aria-current="true"{{/LANG_EN}}><abbr title="English">EN</abbr></a></li>
</ul>
</nav>
{{#VISITOR}}
<p class="enter"><a href="/{{LANG}}/home">[[My account]]</a></p>
{{/VISITOR}}
</div>
{{#CUSTOMER}}
{{>_menu}}
{{/CUSTOMER}}
</header>
{{#ANNOUNCEMENT}}
<aside class="announcement" aria-label="[[Announcement]]">
<p class="wrap">{{ANNOUNCEMENT_TEXT}}</p>
</aside>
{{/ANNOUNCEMENT}}
{{#ACCOUNT_CLOSES}}
<aside class="announcement" aria-label="[[Closing of the account]]">
<p class="wrap">[[Your account closes on {{ACCOUNT_CLOSES_ON}}.]] <a href="/{{LANG}}/settings/data">[[Keep it]]</a></p>
</aside>
{{/ACCOUNT_CLOSES}}
<div class="wrap page">
