{{%AUTOESCAPE context="HTML"}}
</head>
<body>
<header class="top">
<div class="wrap"><span class="brand"><span>Sandbox card page</span></span></div>
</header>
<div class="wrap page">
<main id="main">
