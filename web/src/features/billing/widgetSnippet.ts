// The code that embeds a widget's reporting in a page, by the fixed contract of call widgets.

/** Beacons need no library, and reach the server also when the page is being left. */
export function widgetSnippet(origin: string, widgetId: string): string {
  return `<script>
  const footfallCall = (event_type, session_id, metadata) =>
    navigator.sendBeacon('${origin}/api/analytics/track', JSON.stringify({
      widget_id: '${widgetId}', event_type, session_id, metadata, page_url: location.href,
    }))

  // Use the same session id for all events of a call:
  // footfallCall('widget_load', id)     when the widget is shown
  // footfallCall('widget_open', id)     when a visitor opens it (floating and page widgets)
  // footfallCall('call_start', id)      when a call starts
  // footfallCall('call_heartbeat', id)  every 30 seconds during the call
  // footfallCall('call_end', id)        when the call ends; call_error when it fails
</script>`
}
