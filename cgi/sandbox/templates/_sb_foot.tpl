{{%AUTOESCAPE context="HTML"}}
</main>
<footer class="site-foot"><div class="wrap">
<p>This is a sandbox. No card is charged and no mail leaves this machine.</p>
</div></footer>
</body>
</html>
