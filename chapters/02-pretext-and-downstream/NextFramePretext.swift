import CourseData
import TensorCore

/// Trains an encoder to say the next frame of clips from the two before it.
///
///     frame t − 1 ─ encoder ─┐
///                            ├─ convolution ─ decoder ─ frame t + 1
///     frame t ───── encoder ─┘
///
/// Both frames go through the encoder, so that a batch holds half as many clips as other tasks have
/// pictures; and there are as many frames as pictures. The clips show the pictures' own world, with things
/// small enough to have somewhere to go.
func fitNextFrame(
  _ encoder: Encoder, _ set: PictureSet, _ plan: PretextPlan, _ title: String,
  _ random: inout Random
) {
  let decoder = Decoder(using: &random)
  let width = Encoder.widths[2]
  let joint = Convolution(2 * width, width, using: &random)
  let model: Parts = ["encoder": encoder, "joint": joint, "decoder": decoder]
  let video = clipsLike(set, using: &random)
  var random = random.split()
  fit(model.parameters, plan: plan, title: title) {
    let clips = (0..<plan.batch / 2).map { _ in random.integer(below: video.count) }
    let frames = (0..<3).map { set.standardised(video.frame($0, of: clips)) }
    let maps = encoder(concatenate([frames[0], frames[1]]))  // [batch, 3, 3, 32]
    let half = clips.count
    let both = concatenate(
      [maps.sliced(axis: 0, 0..<half), maps.sliced(axis: 0, half..<2 * half)], axis: 3)
    return meanSquaredError(decoder(relu(joint(both))), frames[2].value)
  }
}

/// Clips of three frames, together as many frames as a set has training pictures.
private func clipsLike(_ set: PictureSet, using random: inout Random) -> Video {
  var factors = MotionFactors()
  factors.appearance = PictureWorld.manyFactors.factors
  factors.appearance.scale = 0.45...0.65
  factors.things = 1...1
  let world = MotionWorld(size: set.training.width, factors: factors)
  return world.paint(world.clips(set.training.count / 3, seed: random.next()), frames: 3)
}
