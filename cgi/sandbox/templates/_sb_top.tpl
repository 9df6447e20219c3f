{{%AUTOESCAPE context="HTML"}}
</head>
<body>
<header class="site-head"><div class="wrap">
<nav aria-label="Sandbox"><ul class="plain">
<li><a href="/">Sandbox</a></li>
<li><a href="/mail">Mailbox</a></li>
</ul></nav>
</div></header>
<main id="main" class="wrap">
