// OpenTelemetry traces, set up by its standard variables; without them nothing of it is loaded.
import type { IncomingMessage } from 'node:http'
import type { Span } from '@opentelemetry/api'
import type { RequestSpan } from '../request-scope.ts'

export interface Tracing {
  request(request: IncomingMessage): RequestSpan
  /** Sends what has not been sent. */
  close(): Promise<void>
}

/** Whether the standard variables ask for traces. */
export function wantsTraces(environment: NodeJS.ProcessEnv): boolean {
  const { OTEL_SDK_DISABLED, OTEL_TRACES_EXPORTER, OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } =
    environment
  if (OTEL_SDK_DISABLED === 'true' || OTEL_TRACES_EXPORTER === 'none') return false
  return Boolean(OTEL_EXPORTER_OTLP_ENDPOINT || OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || OTEL_TRACES_EXPORTER === 'otlp')
}

/**
 * Exports by OTLP over HTTP. The library itself reads `OTEL_EXPORTER_OTLP_*`, `OTEL_TRACES_SAMPLER`, `OTEL_BSP_*`,
 * `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES`.
 */
export async function startTracing(): Promise<Tracing> {
  const [api, sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-proto'),
    import('@opentelemetry/resources'),
  ])
  const { W3CTraceContextPropagator } = await import('@opentelemetry/core')
  const resource = resources
    .defaultResource()
    .merge(resources.resourceFromAttributes({ 'service.name': 'dienbien' }))
    .merge(resources.detectResources({ detectors: [resources.envDetector] }))
  const provider = new sdk.BasicTracerProvider({
    resource,
    spanProcessors: [new sdk.BatchSpanProcessor(new OTLPTraceExporter())],
  })
  const tracer = provider.getTracer('dienbien')
  const propagator = new W3CTraceContextPropagator()
  const { SpanKind, SpanStatusCode, ROOT_CONTEXT, trace, defaultTextMapGetter } = api
  return {
    request({ headers, method = 'GET' }) {
      const caller = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter)
      const span: Span = tracer.startSpan(method, { kind: SpanKind.SERVER }, caller)
      const here = trace.setSpan(caller, span)
      return {
        statement(text) {
          const name = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'SQL'
          // The text holds placeholders, never values.
          const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text }
          const child = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, here)
          return {
            end(error) {
              if (error) child.setStatus({ code: SpanStatusCode.ERROR, message: error.message })
              child.end()
            },
          }
        },
        end({ name, attributes, failed }) {
          span.updateName(name)
          span.setAttributes(attributes)
          if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
          span.end()
        },
      }
    },
    close: () => provider.shutdown(),
  }
}
