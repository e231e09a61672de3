/// A channel-wise fully connected layer: within each channel, every pixel sees every other.
///
/// Each channel has a dense map of its own from the pixels of the picture to as many pixels, and nothing
/// passes between channels (Pathak and others 2016, "Context encoders", section 3.1). A convolution with
/// a window of one pixel, put behind it, mixes them. For m channels of n pixels there are m n² weights;
/// a dense layer over all of them would have m² n².
public final class ChannelWise: Layer {
  /// `[channels, pixels, pixels]`: channel, pixel it comes from, pixel it goes to.
  public let weight: Variable

  /// Makes a layer with random weights.
  ///
  /// - Parameters:
  ///   - channels: the number of channels.
  ///   - pixels: height times width of the pictures.
  ///   - initialisation: how the weights are drawn; each number sums `pixels` others.
  ///   - random: where the numbers come from.
  public init(
    _ channels: Int, pixels: Int, initialisation: Initialisation = .fanIn,
    using random: inout Random
  ) {
    weight = initialisation.weights(
      [channels, pixels, pixels], fanIn: pixels, fanOut: pixels, using: &random)
  }

  private init(weight: Variable) { self.weight = weight }

  /// `weight`.
  public var parts: Parts { ["weight": weight] }

  /// Maps `[batch, height, width, channels]` to the same shape.
  public func callAsFunction(_ x: Variable) -> Variable { channelWise(x, weight) }

  /// A layer with the same numbers.
  public func clone() -> ChannelWise { ChannelWise(weight: weight.clone()) }
}
