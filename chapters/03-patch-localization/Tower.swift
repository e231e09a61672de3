import TensorCore

/// The network that sees one patch: three convolutions and a dense layer.
///
/// Both patches of a pair go through it.
/// Its convolutions can see a whole picture as well: that is how it is used afterwards.
///
///     patch ── ↓2 ── norm, relu ── ↓2 ── norm, relu ── conv ── norm, relu ── dense ── norm, relu
///     12 × 12 × 3    6 × 6 × 32          3 × 3 × 64            3 × 3 × 64             128
///
/// Batch norm has no scale and no shift, as in the paper's program: with them, and plain SGD, the later
/// layers collapsed to the same output for all patches.
final class Tower: Layer {
  /// The channels after each convolution.
  static let widths = [32, 64, 64]
  /// The length of the features of a patch.
  static let features = 128

  let convolutions: [Convolution]
  let norms: [BatchNorm]
  let dense: Linear
  let last: BatchNorm

  /// A tower with random weights for patches of `size` pixels and three channels.
  init(patch size: Int, using random: inout Random) {
    let channels = [3] + Tower.widths
    convolutions = (0..<3).map { layer in
      Convolution(
        channels[layer], channels[layer + 1], stride: layer < 2 ? 2 : 1, bias: false,
        using: &random)
    }
    norms = Tower.widths.map { BatchNorm($0, isAffine: false) }
    let side = ((size + 1) / 2 + 1) / 2
    dense = Linear(side * side * Tower.widths[2], Tower.features, bias: false, using: &random)
    last = BatchNorm(Tower.features, isAffine: false)
  }

  private init(cloning tower: Tower) {
    convolutions = tower.convolutions.clone()
    norms = tower.norms.clone()
    dense = tower.dense.clone()
    last = tower.last.clone()
  }

  var parts: Parts {
    ["convolution": convolutions, "norm": norms, "dense": dense, "last": last]
  }

  /// The map of pictures of any size, `[batch, height / 4, width / 4, 64]`.
  func map(_ x: Variable) -> Variable {
    var h = x
    for (convolution, norm) in zip(convolutions, norms) { h = norm(convolution(h), relu: true) }
    return h
  }

  /// The features `[batch, 128]` of patches `[batch, size, size, 3]`.
  func callAsFunction(_ x: Variable) -> Variable {
    let h = map(x)
    return last(dense(h.reshaped([h.shape[0], -1])), relu: true)
  }

  func clone() -> Tower { Tower(cloning: self) }
}

/// Which of eight neighbours is the second patch? Two patches, one tower, late fusion.
///
///     first patch ── tower ─┐
///                           ├─ dense ── relu ── dense ── 8 logits
///     second patch ─ tower ─┘
final class PairNetwork: Module {
  let tower: Tower
  let joint: Linear
  let head: Linear

  /// A network for patches of `size` pixels that tells `classes` apart, with so many patches to each.
  init(patch size: Int, patches: Int = 2, classes: Int = 8, using random: inout Random) {
    tower = Tower(patch: size, using: &random)
    joint = Linear(patches * Tower.features, Tower.features, using: &random)
    head = Linear(Tower.features, classes, using: &random)
  }

  private init(cloning network: PairNetwork) {
    tower = network.tower.clone()
    joint = network.joint.clone()
    head = network.head.clone()
  }

  var parts: Parts { ["tower": tower, "joint": joint, "head": head] }

  /// The logits `[batch, 8]` of patches `[2 · batch, size, size, 3]`: all first ones, then all second ones.
  func callAsFunction(_ patches: Variable) -> Variable {
    let h = tower(patches)  // [2 · batch, 128]
    let half = h.shape[0] / 2
    return fused([h.sliced(axis: 0, 0..<half), h.sliced(axis: 0, half..<2 * half)])
  }

  /// The logits from the features of each patch, `[batch, 128]` each.
  func fused(_ features: [Variable]) -> Variable {
    head(relu(joint(concatenate(features, axis: 1))))
  }

  func clone() -> PairNetwork { PairNetwork(cloning: self) }
}
