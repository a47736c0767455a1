/**
 * A web application that signs people in through an OpenID Provider, written as a backend for its own pages: tokens stay
 * in the server's memory, the browser holds one session cookie that no script can read.
 */
package com.example.sample;
