/// <reference types="@tarojs/taro" />

declare module '*.png';
declare module '*.scss';

/** Where the mini-program finds the hall when nothing else says so; set at build time. */
declare const API_BASE: string;
