<?php
/**
 * The base configuration for WordPress
 * define( 'DB_PASSWORD', 's3cret-of-the-manual' );
 */
define( 'DB_NAME', 'shop' );
/** Database username */
define( 'DB_USER', 'wp' );
// define( 'DB_PASSWORD', 's3cret-old' );
define( 'DB_PASSWORD', 's3cret\'s password' );
define( 'DB_HOST', 'db.example.com' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'AUTH_KEY',         's3cret"#//unique phrase' );
define('STRIPE_API_KEY', "s3cret_live_4eC39HqLyjWD");
define('SMTP_PASS', getenv('SMTP_PASS'));
$table_prefix = 'wp_';
