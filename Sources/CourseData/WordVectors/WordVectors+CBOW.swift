extension WordVectors {
  func trainCBOW(_ progress: (Double) -> Void) {}
}
