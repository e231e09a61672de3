import Testing

@testable import TensorCore

/// Whether layers agree with PyTorch: the value, the gradients of the input and of all parameters.
struct LayerFixtureTests {
  @Test func `attention, transformer blocks and residual blocks agree with PyTorch`() throws {
    var random = Random(seed: 1)
    for fixture in try Fixture.read("layers.json") {
      let mask = FixtureTests.mask
      let x = Variable(fixture.inputs[0].tensor, needsGradient: true)
      func compare(_ layer: some Module, _ run: () -> Variable) {
        let parameters = layer.parameters
        #expect(["x"] + parameters.map(\.path) == fixture.names)
        for (parameter, input) in zip(parameters, fixture.inputs.dropFirst()) {
          #expect(parameter.variable.shape == input.shape, "\(parameter.path)")
          parameter.variable.value = input.tensor
        }
        fixture.compare(run(), from: [x] + parameters.map(\.variable))
      }
      switch fixture.operation {
      case "MultiHeadAttention":
        let layer = MultiHeadAttention(6, heads: 2, using: &random)
        compare(layer) { layer(x, mask: mask) }
      case "TransformerBlock, norms before":
        let layer = TransformerBlock(
          6, heads: 2, hidden: 8, isCausal: true, normPlace: .before, using: &random)
        compare(layer) { layer(x) }
      case "TransformerBlock, norms after":
        let layer = TransformerBlock(
          6, heads: 2, hidden: 8, isCausal: false, normPlace: .after, using: &random)
        compare(layer) { layer(x, mask: mask) }
      case "ResidualBlock":
        let layer = ResidualBlock(3, 3, using: &random)
        compare(layer) { layer(x) }
      case "ResidualBlock, smaller":
        let layer = ResidualBlock(3, 4, stride: 2, using: &random)
        compare(layer) { layer(x) }
      default: Issue.record("layers.json has a case \(fixture.operation) that no test runs")
      }
    }
  }
}
