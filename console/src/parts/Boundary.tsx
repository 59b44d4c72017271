import { Component, type ReactNode } from 'react';
import { Failure } from './Failure';

interface BoundaryProps {
  /** Another place begins anew. */
  readonly place: string;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly error: unknown;
  readonly place: string;
}

/** A page that breaks is told as such, and the others go on: without it the whole console would be blank. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: undefined, place: this.props.place };

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return { error };
  }

  static getDerivedStateFromProps({ place }: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return place === state.place ? null : { error: undefined, place };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === undefined ? this.props.children : <Failure error={error} />;
  }
}
