package io.ddgan.web;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reads requests that are too long to their end, without a thread that waits for it, before they
 * are refused: a client that is cut off while it sends does not get to see why.
 */
final class TooLongRequests extends Handler.Wrapper {

  /** Longer ones are cut off. */
  private static final long READ_AT_MOST = 16 << 20;

  private final long longest;

  /**
   * A handler.
   *
   * @param longest bytes of the longest request that is not refused
   * @param next refuses them, as they say how long they are
   */
  TooLongRequests(long longest, Handler next) {
    super(next);
    this.longest = longest;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    long length = request.getLength(); // -1 if unknown
    if (length <= longest || length > READ_AT_MOST) {
      return super.handle(request, response, callback);
    }
    Content.Source.consumeAll(
        request, Callback.from(() -> refuse(request, response, callback), callback::failed));
    return true;
  }

  private void refuse(Request request, Response response, Callback callback) {
    try {
      if (!super.handle(request, response, callback)) {
        Response.writeError(request, response, callback, 404);
      }
    } catch (Exception e) {
      Response.writeError(request, response, callback, e);
    }
  }
}
