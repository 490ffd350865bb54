<?php
$CONFIG = array (
  'instanceid' => 'oc8h2k3j4',
  'passwordsalt' => '',
  'secret' => 's3cretZ9w0Kc',
  'trusted_domains' => array (0 => 'cloud.example.com'),
  'dbtype' => 'mysql',
  'dbname' => 'nextcloud',
  'dbhost' => 'db.example.com:3306',
  'dbuser' => 'nc',
  'dbpassword' => 's3cret-nc',
  /* 'dbpassword' => 's3cret-old', */
  'mail_smtphost' => 'smtp.example.com',
  'mail_smtpname' => 'cloud@example.com',
  'mail_smtppassword' => 's3cret-mail',
);
