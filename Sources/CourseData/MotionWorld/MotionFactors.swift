/// What may vary from clip to clip in a `MotionWorld`, and how far.
///
/// As in `PictureFactors`, a range of one value fixes the factor, and fixing one leaves what the others
/// draw as it was.
public struct MotionFactors: Sendable, Equatable {
  /// How the things and their ground look.
  ///
  /// Where a thing stands at first is drawn from `appearance.position`, as a share of the room that its
  /// walls leave it.
  public var appearance: PictureFactors
  /// How many things move about, 1…4.
  public var things: ClosedRange<Int> = 1...2
  /// How fast a thing moves, in pixels per frame.
  public var speed: ClosedRange<Float> = 0.5...3
  /// Where it moves to, in degrees clockwise from the right.
  public var direction: ClosedRange<Float> = 0...360
  /// How far it turns from frame to frame, in degrees clockwise.
  public var spin: ClosedRange<Float> = -8...8

  /// Small things on a nearly plain ground, any two of which may meet.
  public init() {
    appearance = PictureFactors()
    appearance.scale = 0.45...0.6
    appearance.rotation = -15...15
    appearance.texture = 0...0.3
    appearance.light = 0...0.3
    appearance.clutter = 0...0
    appearance.noise = 0...0
  }
}
