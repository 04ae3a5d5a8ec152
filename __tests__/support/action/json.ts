import { registerHooks } from 'node:module';

// @actions/workflow-parser imports JSON as bundlers have it, without the attribute that Node asks for.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
