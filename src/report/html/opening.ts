import { createHash } from 'node:crypto';
import { html, type Markup } from './markup.ts';
import { css } from './style.ts';

/** The style is named by its hash: no other may be in force, and no script at all. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** How a page begins. It loads nothing and runs nothing, whatever the names in it say. */
export const opening = (tool: string, about: string | undefined): Markup =>
  html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>${about === undefined ? '' : `${about} · `}${tool}</title>
<style>${{ markup: css }}</style></head>
<body>
`;
