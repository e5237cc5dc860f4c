package dev.owlery.testkit.slack;

/** A way to the bot. */
interface DeliveryTransport {

  /** Sends for the first time; everything that follows is the transport's own affair. */
  void send(PendingDelivery delivery);
}
