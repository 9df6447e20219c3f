{{%AUTOESCAPE context="HTML"}}
</body>
</html>
