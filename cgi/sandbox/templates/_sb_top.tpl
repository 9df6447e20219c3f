{{%AUTOESCAPE context="HTML"}}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<div class="wrap">
<a class="brand" href="/"><span>Sandbox</span></a>
<nav class="languages" aria-label="Sandbox">
<ul>
<li><a href="/">Payments</a></li>
<li><a href="/counter">Counter</a></li>
<li><a href="/mail">Mailbox</a></li>
</ul>
</nav>
</div>
</header>
<div class="wrap page">
<main id="main">
